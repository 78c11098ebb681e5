#include "guildhall/change/v1/change.pb.h"
#include "guildhall/identity/v1/reasons.h"
#include "libs/access/authorizer.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/identity/api/check_password.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/writing.h"
#include "services/identity/store/account_store.h"
#include "services/identity/store/endings_store.h"

namespace guildhall::identity {
namespace {

using Response = v1::ChangePasswordResponse;

// What is to be stored in place of what.
struct Exchange {
  PasswordHash before, after;
  Attempt attempt;
};

absl::StatusOr<Exchange> Prepare(Identity& identity, const rpc::Call& call,
                                 const PasswordGate::Pass& inside, const Account& account,
                                 const v1::ChangePasswordRequest& request) {
  GUILDHALL_ASSIGN(const std::string fresh,
                   NewPassword(identity, "new_password", request.new_password(), account));
  GUILDHALL_ASSIGN(Attempt attempt,
                   CheckOwnPassword(identity, call, inside, account, request.current_password()));
  return Exchange{account.password, identity.passwords.Hash(inside, fresh), std::move(attempt)};
}

absl::Status Change(Identity& identity, const rpc::Call& call, postgres::Work& work,
                    const Exchange& exchange, const v1::ChangePasswordRequest& request) {
  const access::Caller& caller = call.caller();
  GUILDHALL_ASSIGN(std::optional<Account> account, LockAccount(work, caller.member));
  if (!account || account->suspend_time || account->password != exchange.before) {
    return CredentialsWrong();
  }
  UpdatePassword(work, caller.member, exchange.after);
  const Moment moment(identity.settings.session_limits(), call.now());
  const Endings endings =
      EndingsOf(Cause::kPasswordChanged, TokenWishFrom(request.keep_access_tokens()));
  GUILDHALL_ASSIGN(const Ended ended, End(work, *account, endings, moment, caller.session));
  AppendAccountChange(work, change::v1::KIND_PASSWORD_CHANGED, caller.member);
  GUILDHALL_TRY(ForgiveAttempt(work, exchange.attempt, call.now()));
  AppendRevocations(work, caller.member, ended);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Response> ChangePassword(Identity& identity, const rpc::Call& call,
                                        const v1::ChangePasswordRequest& request) {
  GUILDHALL_ASSIGN(const PasswordGate::Pass inside, identity.passwords.Enter(call.deadline()));
  GUILDHALL_ASSIGN(const std::optional<Account> account,
                   GetOwnAccount(identity.database, call.context(), call.grant()));
  if (!account) return access::NotFound();
  const absl::StatusOr<Exchange> exchange = Prepare(identity, call, inside, *account, request);
  // A repeat comes with the password that its first call has replaced, so it is looked up among the
  // answers before a wrong one is refused.
  if (!exchange.ok() && !Is(exchange.status(), reasons::kCredentialsWrong) &&
      !Is(exchange.status(), reasons::kSignInThrottled)) {
    return exchange.status();
  }
  identity.access.SettleBefore(call);
  return idempotency::Once<Response>(
      identity.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<Response> {
        GUILDHALL_TRY(exchange.status());
        GUILDHALL_TRY(Change(identity, call, work, *exchange, request));
        return Response();
      });
}

}  // namespace guildhall::identity
