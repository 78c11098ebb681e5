#pragma once

#include <optional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"
#include "services/identity/domain/account.h"

namespace guildhall::identity {

// What the owner of an account is told of a reset of its password.
struct PasswordReset {
  // The administrator who issued it; nobody: whoever asked got a letter.
  std::optional<MemberId> issuer;
  absl::Time issue_time;
  // Unset: it was not used.
  std::optional<absl::Time> use_time;
};

// To whom the secret of a reset goes.
enum class ResetWay {
  kLetter,   // to the address of the account
  kHandOver  // to the administrator, who hands it over
};

// OK when an administrator may issue a reset for `account`. Whoever is told the secret can become
// that account: an administrator, the caller itself among them, is not reset this way.
// Fails with: ACCOUNT_SUSPENDED, RESET_OF_ADMINISTRATOR.
absl::Status CheckIssuingReset(const Account& account, ResetWay way);

}  // namespace guildhall::identity
