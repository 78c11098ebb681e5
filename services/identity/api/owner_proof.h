#pragma once

#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/identity/api/check_password.h"
#include "services/identity/api/identity.h"

namespace guildhall::identity {

// That whoever calls is the owner of the calling account, and not somebody who has found its
// session: for what outlives the session or reaches other accounts. Shown by the current password
// or, where none is sent, by a session that has begun within kFreshSignIn.
class OwnerProof {
 public:
  // Checks the password, throttled like a sign-in; without one it asks nothing yet.
  // Fails with: CREDENTIALS_WRONG, SIGN_IN_THROTTLED, PASSWORD_CHECKS_BUSY, FIELD_INVALID.
  static absl::StatusOr<OwnerProof> Of(Identity& identity, const rpc::Call& call,
                                       std::string_view current_password);

  // In the transaction of what the proof is for, when the account is held: OK when the calling
  // session has not been revoked since the call was let in, and has begun lately where it is the
  // proof. One round trip. Fails with: SESSION_ENDED, FRESH_SIGN_IN_REQUIRED.
  absl::Status Check(postgres::Work& work, const rpc::Call& call) const;

  // Forgives the attempt at the password. Last in the transaction, see ForgiveAttempt.
  absl::Status Forgive(postgres::Work& work, const rpc::Call& call) const;

 private:
  // Nothing: the session is the proof.
  std::optional<Attempt> attempt_;
};

}  // namespace guildhall::identity
