#include "guildhall/change/v1/change.pb.h"
#include "guildhall/identity/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/identity/api/check_password.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/writing.h"
#include "services/identity/store/account_store.h"
#include "services/identity/store/endings_store.h"
#include "services/identity/store/one_time_secret_store.h"
#include "services/identity/store/password_reset_store.h"

namespace guildhall::identity {
namespace {

using Response = v1::FinishPasswordResetResponse;
constexpr SecretKind kKind = SecretKind::kPasswordReset;

// A reset that held when it was looked at, and the hash that is to be stored.
struct Reset {
  std::string secret_hash;
  MemberId account;
  PasswordHash password;
};

absl::StatusOr<Reset> Prepare(Identity& identity, const rpc::Call& call,
                              const v1::FinishPasswordResetRequest& request) {
  const auto hash = HashOfSecret(kKind, request.secret());
  if (!hash) return SecretSpent();
  GUILDHALL_ASSIGN(const auto held,
                   PeekOneTimeSecret(identity.database, call.context(), kKind, *hash, call.now()));
  if (!held) return SecretSpent();
  GUILDHALL_ASSIGN(const std::optional<Account> account,
                   FindAccountOfSecret(identity.database, call.context(), *held));
  if (!account) return SecretSpent();
  GUILDHALL_ASSIGN(const std::string fresh,
                   NewPassword(identity, "new_password", request.new_password(), *account));
  GUILDHALL_ASSIGN(const PasswordGate::Pass inside, identity.passwords.Enter(call.deadline()));
  return Reset{*hash, account->id, identity.passwords.Hash(inside, fresh)};
}

// Last in its transaction, because it changes facts.
absl::Status Finish(Identity& identity, const rpc::Call& call, postgres::Work& work,
                    const Reset& reset) {
  GUILDHALL_ASSIGN(std::optional<Account> account, LockAccount(work, reset.account));
  const absl::Time now = call.now();
  GUILDHALL_ASSIGN(const std::optional<absl::Time> issued,
                   SpendOneTimeSecret(work, kKind, reset.secret_hash, now));
  if (!issued || !account || account->suspend_time) return SecretSpent();
  NotePasswordResetUse(work, reset.secret_hash, account->id, *issued, now);
  UpdatePassword(work, account->id, reset.password);
  const Moment moment(identity.settings.session_limits(), now);
  GUILDHALL_ASSIGN(const Ended ended,
                   End(work, *account, EndingsOf(Cause::kPasswordResetUsed), moment));
  AppendAccountChange(work, change::v1::KIND_PASSWORD_CHANGED, account->id);
  AppendAccountChange(work, change::v1::KIND_PASSWORD_RESET_USED, account->id);
  AppendRevocations(work, account->id, ended);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Response> FinishPasswordReset(Identity& identity, const rpc::Call& call,
                                             const v1::FinishPasswordResetRequest& request) {
  const absl::StatusOr<Reset> reset = Prepare(identity, call, request);
  // A repeat comes with the secret that its first call has used up, so it is looked up among the
  // answers before that is refused.
  if (!reset.ok() && !Is(reset.status(), reasons::kSecretSpent)) return reset.status();
  identity.access.SettleBefore(call);
  return idempotency::Once<Response>(identity.database, call.context(),
                                     call.OnceKey(request.request_id()),
                                     [&](postgres::Work& work) -> absl::StatusOr<Response> {
                                       GUILDHALL_TRY(reset.status());
                                       GUILDHALL_TRY(Finish(identity, call, work, *reset));
                                       return Response();
                                     });
}

}  // namespace guildhall::identity
