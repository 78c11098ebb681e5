#include "services/identity/api/issue_administrator_secret.h"

#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "services/identity/domain/limits.h"
#include "services/identity/store/one_time_secret_store.h"

namespace guildhall::identity {

absl::StatusOr<std::string> IssueAdministratorSecret(postgres::Database& database, Random& random,
                                                     absl::Time now) {
  constexpr SecretKind kKind = SecretKind::kAdministrator;
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
  const std::string secret = NewSecret(kKind, random);
  GUILDHALL_TRY(database.Transact(context, [&](postgres::Work& work) -> absl::Status {
    InsertOneTimeSecret(work,
                        {.kind = kKind,
                         .account = std::nullopt,
                         .create_time = now,
                         .expire_time = now + kAdministratorSecretLife},
                        *HashOfSecret(kKind, secret));
    const Uuid id = NewUuidV7(now, random);
    changelog::Append(
        work, {.kind = change::v1::KIND_ADMINISTRATOR_SECRET_ISSUED, .key = id, .resource = id});
    return absl::OkStatus();
  }));
  return secret;
}

}  // namespace guildhall::identity
