#include "services/identity/api/admission.h"

#include "libs/base/status_macros.h"
#include "services/identity/store/invitation_store.h"
#include "services/identity/store/one_time_secret_store.h"

namespace guildhall::identity {

absl::StatusOr<ShownSecret> LookUpSecret(Identity& identity, const rpc::Call& call,
                                         const std::string& secret) {
  if (const auto hash = HashOfSecret(SecretKind::kInvitation, secret)) {
    GUILDHALL_ASSIGN(std::optional<std::string> email,
                     GetInvitedEmail(identity.database, call.context(), *hash, call.now()));
    return ShownSecret{.holds = email.has_value(), .invited_email = std::move(email)};
  }
  if (const auto hash = HashOfSecret(SecretKind::kAdministrator, secret)) {
    GUILDHALL_ASSIGN(const auto held,
                     PeekOneTimeSecret(identity.database, call.context(),
                                       SecretKind::kAdministrator, *hash, call.now()));
    return ShownSecret{.holds = held.has_value()};
  }
  return ShownSecret();
}

}  // namespace guildhall::identity
