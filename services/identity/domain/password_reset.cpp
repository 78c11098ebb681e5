#include "services/identity/domain/password_reset.h"

#include "guildhall/identity/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::identity {

absl::Status CheckIssuingReset(const Account& account, ResetWay way) {
  if (account.suspend_time) {
    return Refusal(reasons::kAccountSuspended, "The account is suspended.");
  }
  if (way == ResetWay::kHandOver && account.administrator) {
    return Refusal(reasons::kResetOfAdministrator,
                   "Nobody is handed a reset of an administrator's password.");
  }
  return absl::OkStatus();
}

}  // namespace guildhall::identity
