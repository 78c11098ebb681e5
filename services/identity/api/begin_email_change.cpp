#include "guildhall/change/v1/change.pb.h"
#include "guildhall/identity/v1/reasons.h"
#include "libs/access/authorizer.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/identity/api/check_password.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/owner_proof.h"
#include "services/identity/api/writing.h"
#include "services/identity/domain/email.h"
#include "services/identity/domain/limits.h"
#include "services/identity/store/account_store.h"
#include "services/identity/store/email_change_store.h"
#include "services/identity/store/letter_secret.h"

namespace guildhall::identity {
namespace {

using Response = v1::BeginEmailChangeResponse;

// Leaves the secret to the worker who sends it, and what the address is to that worker, too:
// neither the answer nor its time tells whether it has an account.
absl::Status Begin(Identity& identity, const rpc::Call& call, postgres::Work& work,
                   const OwnerProof& proof, const std::string& email) {
  GUILDHALL_ASSIGN(const std::optional<Account> account, LockAccount(work, call.caller().member));
  if (!account || account->suspend_time) return access::SessionEnded();
  GUILDHALL_TRY(proof.Check(work, call));
  GUILDHALL_TRY(CheckNewEmail("new_email", *account, email, identity.settings.employee_domains));
  GUILDHALL_TRY(CountEmailChange(identity, call, work, account->id, email));
  const absl::Time now = call.now();
  const EmailRequest request{.id = NewUuidV7(now, identity.random),
                             .account = account->id,
                             .email = email,
                             .expire_time = now + kEmailChangeLife};
  const std::string secret = EmailLetterSecret(identity.master_key, request.id);
  PutEmailRequest(work, request, *HashOfSecret(SecretKind::kEmailChange, secret));
  InsertEmailLetter(
      work, {.id = request.id, .kind = EmailLetterKind::kConfirm, .email = request.email}, now);
  AppendAccountChange(work, change::v1::KIND_EMAIL_CHANGE_BEGUN, account->id);
  return proof.Forgive(work, call);
}

}  // namespace

absl::StatusOr<Response> BeginEmailChange(Identity& identity, const rpc::Call& call,
                                          const v1::BeginEmailChangeRequest& request) {
  if (!identity.settings.sends_email_changes()) {
    return Refusal(reasons::kNoMail, "No such mail is sent: ask an administrator for the change.");
  }
  GUILDHALL_ASSIGN(const std::string email, NormalizeEmail("new_email", request.new_email()));
  GUILDHALL_ASSIGN(const OwnerProof proof,
                   OwnerProof::Of(identity, call, request.current_password()));
  return idempotency::Once<Response>(identity.database, call.context(),
                                     call.OnceKey(request.request_id()),
                                     [&](postgres::Work& work) -> absl::StatusOr<Response> {
                                       GUILDHALL_TRY(Begin(identity, call, work, proof, email));
                                       return Response();
                                     });
}

}  // namespace guildhall::identity
