#include "libs/base/status_macros.h"
#include "services/identity/api/admission.h"
#include "services/identity/api/check_password.h"
#include "services/identity/api/identity.h"

namespace guildhall::identity {

absl::StatusOr<v1::SignInOptions> GetSignInOptions(Identity& identity, const rpc::Call& call,
                                                   const v1::GetSignInOptionsRequest& request) {
  v1::SignInOptions options;
  options.set_sign_up_open(identity.settings.sign_up_open);
  options.set_sends_letters(!identity.settings.mail_folder.empty());
  options.set_password_min_length(identity.settings.password_min_length);
  if (!request.invitation_secret().empty()) {
    GUILDHALL_ASSIGN(const ShownSecret shown,
                     LookUpSecret(identity, call, request.invitation_secret()));
    if (!shown.holds) return SecretSpent();
    options.set_invited_email(shown.invited_email.value_or(""));
  }
  return options;
}

}  // namespace guildhall::identity
