#include "guildhall/identity/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/identity/api/check_password.h"
#include "services/identity/api/identity.h"
#include "services/identity/domain/email.h"
#include "services/identity/store/reset_request_store.h"

namespace guildhall::identity {

absl::StatusOr<v1::BeginPasswordResetResponse> BeginPasswordReset(
    Identity& identity, const rpc::Call& call, const v1::BeginPasswordResetRequest& request) {
  using Response = v1::BeginPasswordResetResponse;
  if (identity.settings.mail_folder.empty()) {
    return Refusal(reasons::kNoMail, "No mail is sent: ask an administrator for a reset.");
  }
  GUILDHALL_ASSIGN(const std::string email, NormalizeEmail("email", request.email()));
  return idempotency::Once<Response>(
      identity.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<Response> {
        // Not before: a repeat asks for no other letter.
        GUILDHALL_TRY(CountReset(identity, call, work, email));
        InsertResetRequest(work, {.id = NewUuidV7(call.now(), identity.random),
                                  .email = email,
                                  .create_time = call.now()});
        return Response();
      });
}

}  // namespace guildhall::identity
