#include "services/identity/api/owner_proof.h"

#include "guildhall/identity/v1/reasons.h"
#include "libs/access/authorizer.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/identity/domain/session.h"
#include "services/identity/store/account_store.h"
#include "services/identity/store/session_store.h"

namespace guildhall::identity {

absl::StatusOr<OwnerProof> OwnerProof::Of(Identity& identity, const rpc::Call& call,
                                          std::string_view current_password) {
  OwnerProof proof;
  if (current_password.empty()) return proof;
  GUILDHALL_ASSIGN(const PasswordGate::Pass inside, identity.passwords.Enter(call.deadline()));
  GUILDHALL_ASSIGN(const std::optional<Account> account,
                   GetOwnAccount(identity.database, call.context(), call.grant()));
  if (!account) return access::NotFound();
  GUILDHALL_ASSIGN(proof.attempt_,
                   CheckOwnPassword(identity, call, inside, *account, current_password));
  return proof;
}

absl::Status OwnerProof::Check(postgres::Work& work, const rpc::Call& call) const {
  GUILDHALL_ASSIGN(const std::optional<absl::Time> begun,
                   GetOwnSessionStart(work, call.grant(), call.caller().session));
  if (!begun) return access::SessionEnded();
  if (attempt_ || IsFresh(*begun, call.now())) return absl::OkStatus();
  return Refusal(reasons::kFreshSignInRequired,
                 "Send your current password, or sign in again before.");
}

absl::Status OwnerProof::Forgive(postgres::Work& work, const rpc::Call& call) const {
  return attempt_ ? ForgiveAttempt(work, *attempt_, call.now()) : absl::OkStatus();
}

}  // namespace guildhall::identity
