#include "services/identity/api/admission.h"

#include "libs/base/status_macros.h"
#include "services/identity/api/check_password.h"
#include "services/identity/store/invitation_store.h"
#include "services/identity/store/one_time_secret_store.h"

namespace guildhall::identity {

absl::StatusOr<std::optional<std::string>> GetAdmitted(Identity& identity, const rpc::Call& call,
                                                       const std::string& secret) {
  if (const auto hash = HashOfSecret(SecretKind::kInvitation, secret)) {
    GUILDHALL_ASSIGN(std::optional<std::string> email,
                     GetInvitedEmail(identity.database, call.context(), *hash, call.now()));
    if (!email) return SecretSpent();
    return email;
  }
  if (const auto hash = HashOfSecret(SecretKind::kAdministrator, secret)) {
    GUILDHALL_ASSIGN(const auto held,
                     PeekOneTimeSecret(identity.database, call.context(),
                                       SecretKind::kAdministrator, *hash, call.now()));
    if (held) return std::optional<std::string>();
  }
  return SecretSpent();
}

}  // namespace guildhall::identity
