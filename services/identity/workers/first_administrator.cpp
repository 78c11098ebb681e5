#include "services/identity/workers/first_administrator.h"

#include <unistd.h>

#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "libs/telemetry/log.h"
#include "services/identity/domain/limits.h"
#include "services/identity/store/one_time_secret_store.h"
#include "services/identity/workers/private_file.h"

namespace guildhall::identity {
namespace {

constexpr SecretKind kKind = SecretKind::kAdministrator;

// The secret in a file, whatever page stands before it; empty when there is none.
std::string SecretIn(const std::string& file) {
  std::ifstream in(file);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  while (!text.empty() && text.back() == '\n') text.pop_back();
  const std::size_t start = text.rfind("guildhall_administrator_");
  return start == std::string::npos ? "" : text.substr(start);
}

}  // namespace

absl::StatusOr<bool> FirstAdministrator::RunOnce(absl::Time now) {
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
  GUILDHALL_ASSIGN(const bool needed, NeedsFirstAdministrator(database_, context, now));
  GUILDHALL_ASSIGN(const bool spent, IsSpent(context, now));
  if (!needed && !spent) return false;
  GUILDHALL_ASSIGN(const bool issued, database_.Transact<bool>(context, [&](postgres::Work& work) {
    return Renew(context, work, now);
  }));
  if (issued) {
    telemetry::Log(telemetry::Severity::kInfo, "a file says how to become the first administrator",
                   {{"file", file_}});
  }
  return issued;
}

// Whether there is a file whose secret opens nothing.
absl::StatusOr<bool> FirstAdministrator::IsSpent(const postgres::Context& context, absl::Time now) {
  const std::string secret = SecretIn(file_);
  if (secret.empty()) return false;
  const auto hash = HashOfSecret(kKind, secret);
  if (!hash) return true;
  GUILDHALL_ASSIGN(const std::optional<HeldSecret> held,
                   PeekOneTimeSecret(database_, context, kKind, *hash, now));
  return !held;
}

// Decides again where nobody else issues one: a file whose secret is being committed is not spent.
absl::StatusOr<bool> FirstAdministrator::Renew(const postgres::Context& context,
                                               postgres::Work& work, absl::Time now) {
  GUILDHALL_ASSIGN(const bool needed, LockIfFirstAdministratorNeeded(work, now));
  if (needed) return Issue(work, now);
  GUILDHALL_ASSIGN(const bool spent, IsSpent(context, now));
  if (spent) unlink(file_.c_str());
  return false;
}

absl::StatusOr<bool> FirstAdministrator::Issue(postgres::Work& work, absl::Time now) {
  const std::string secret = NewSecret(kKind, random_);
  GUILDHALL_TRY(PutPrivateFile(file_, absl::StrCat(page_, secret, "\n")));
  InsertOneTimeSecret(work,
                      {.kind = kKind,
                       .account = std::nullopt,
                       .create_time = now,
                       .expire_time = now + kFirstAdministratorLife},
                      *HashOfSecret(kKind, secret));
  const Uuid id = NewUuidV7(now, random_);
  changelog::Append(
      work, {.kind = change::v1::KIND_ADMINISTRATOR_SECRET_ISSUED, .key = id, .resource = id});
  return true;
}

}  // namespace guildhall::identity
