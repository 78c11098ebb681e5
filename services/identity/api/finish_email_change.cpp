#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/identity/api/changing_email.h"
#include "services/identity/api/check_password.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/writing.h"
#include "services/identity/store/account_store.h"
#include "services/identity/store/email_change_store.h"
#include "services/identity/store/endings_store.h"
#include "services/identity/store/secret.h"
#include "services/identity/store/session_store.h"

namespace guildhall::identity {
namespace {

// Fails with SESSION_ENDED when the account was suspended, or the session revoked, since the call
// was let in.
absl::StatusOr<v1::Account> Finish(Identity& identity, const rpc::Call& call, postgres::Work& work,
                                   const v1::FinishEmailChangeRequest& request) {
  const auto hash = HashOfSecret(SecretKind::kEmailChange, request.secret());
  if (!hash) return SecretSpent();
  const access::Caller& caller = call.caller();
  GUILDHALL_ASSIGN(std::optional<Account> account, LockAccount(work, caller.member));
  if (!account || account->suspend_time) return access::SessionEnded();
  GUILDHALL_ASSIGN(const std::optional<absl::Time> begun,
                   GetOwnSessionStart(work, call.grant(), caller.session));
  if (!begun) return access::SessionEnded();
  const Moment moment(identity.settings.session_limits(), call.now());
  GUILDHALL_ASSIGN(const std::optional<std::string> email,
                   TakeEmailRequest(work, account->id, *hash, moment.now));
  if (!email) return SecretSpent();
  const Endings endings =
      EndingsOf(Cause::kEmailChanged, TokenWishFrom(request.keep_access_tokens()));
  GUILDHALL_ASSIGN(const Ended ended, End(work, *account, endings, moment, caller.session));
  GUILDHALL_TRY(GiveEmail(identity, call, work, *account, *email));
  AppendRevocations(work, account->id, ended);
  return ToProto(*account);
}

}  // namespace

absl::StatusOr<v1::Account> FinishEmailChange(Identity& identity, const rpc::Call& call,
                                              const v1::FinishEmailChangeRequest& request) {
  identity.access.SettleBefore(call);
  return idempotency::Once<v1::Account>(
      identity.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) { return Finish(identity, call, work, request); });
}

}  // namespace guildhall::identity
