#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/identity/api/identity.h"
#include "services/identity/domain/account.h"
#include "services/identity/store/throttle_store.h"

namespace guildhall::identity {

// The one way to check a password: every RPC that does goes through here, so none is left
// unthrottled.

// Somebody says to know the password of an address.
struct Claim {
  std::string_view email;                   // normalized
  std::string_view password;                // normalized
  const std::optional<PasswordHash>& hash;  // nothing: no account has this address
  bool familiar = false;                    // the account has had a session from this place
  bool members_place = false;               // any account has
};

// An attempt that was counted; forgive it where the password was right.
using Attempt = std::vector<ThrottleKey>;

// Counts an attempt, then checks the password, with equal work whether or not there is an account.
// The answer is the attempt, to be forgiven in the transaction of what the password was for.
//
// While the throttle is closed, by whomever, whoever knows the password is still let in from a
// place where the account has been before. Who does not know it is told SIGN_IN_THROTTLED whatever
// is true of the account, after the same work: else the answer would tell accounts that sign in
// from here from those that do not. Fails with: SIGN_IN_THROTTLED, CREDENTIALS_WRONG.
absl::StatusOr<Attempt> CheckPassword(Identity& identity, const rpc::Call& call,
                                      const PasswordGate::Pass& inside, const Claim& claim);

// The same for the password of the calling account. Its own account is no secret to the caller:
// where it has not been before, no password is looked at while the throttle is closed.
// Fails also with: FIELD_INVALID on current_password.
absl::StatusOr<Attempt> CheckOwnPassword(Identity& identity, const rpc::Call& call,
                                         const PasswordGate::Pass& inside, const Account& account,
                                         std::string_view current_password);

// Counts an account that is to be opened against the place it comes from.
// Fails with: SIGN_IN_THROTTLED.
absl::Status CountSignUp(Identity& identity, const rpc::Call& call);

// Counts a letter that somebody asks for, by which the password of an address is reset, in the
// transaction that asks for it. Fails with: SIGN_IN_THROTTLED.
absl::Status CountReset(Identity& identity, const rpc::Call& call, postgres::Work& work,
                        std::string_view email);

// Counts a letter that an account asks for, by which it gets an address, in the transaction that
// asks for it. Fails with: SIGN_IN_THROTTLED.
absl::Status CountEmailChange(Identity& identity, const rpc::Call& call, postgres::Work& work,
                              MemberId account, std::string_view email);

// A password that may be chosen for an account, normalized.
// Fails with: FIELD_INVALID on `field`, PASSWORD_LENGTH, PASSWORD_COMMON.
absl::StatusOr<std::string> NewPassword(const Identity& identity, std::string_view field,
                                        std::string_view text, const Account& account);

// The refusal of a wrong password and of an unknown address: the same.
absl::Status CredentialsWrong();

// The refusal of a one-time secret that was never issued, was used or has run out: the same.
absl::Status SecretSpent();

}  // namespace guildhall::identity
