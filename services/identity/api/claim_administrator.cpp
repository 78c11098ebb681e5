#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/identity/api/administering.h"
#include "services/identity/api/check_password.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/domain/administrators.h"
#include "services/identity/store/account_store.h"
#include "services/identity/store/one_time_secret_store.h"

namespace guildhall::identity {
absl::StatusOr<v1::Account> ClaimAdministrator(Identity& identity, const rpc::Call& call,
                                               const v1::ClaimAdministratorRequest& request) {
  const auto hash = HashOfSecret(SecretKind::kAdministrator, request.secret());
  identity.access.SettleBefore(call);
  return idempotency::Once<v1::Account>(
      identity.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Account> {
        if (!hash) return SecretSpent();
        GUILDHALL_ASSIGN(const std::vector<MemberId> administrators, LockAdministrators(work));
        GUILDHALL_ASSIGN(Account account, LockNamedAccount(work, call.caller().member));
        GUILDHALL_ASSIGN(const std::optional<absl::Time> issued,
                         SpendOneTimeSecret(work, SecretKind::kAdministrator, *hash, call.now()));
        if (!issued) return SecretSpent();
        GUILDHALL_TRY(CheckMayAdminister(account, administrators.size()));
        GUILDHALL_TRY(MakeAdministrator(identity, call, work, account));
        return ToProto(account);
      });
}

}  // namespace guildhall::identity
