#include "services/identity/domain/administrators.h"

#include "guildhall/identity/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {

absl::Status CheckMayAdminister(const Account& account, std::size_t administrators) {
  if (account.affiliation != Affiliation::kEmployee) {
    return Refusal(reasons::kNotAnEmployee, "Only employees administer the organization.");
  }
  if (account.suspend_time) {
    return Refusal(reasons::kAccountSuspended, "The account is suspended.");
  }
  if (!account.administrator && administrators >= kMaxAdministrators) {
    return Refusal(reasons::kTooManyAdministrators,
                   "The organization has as many administrators as it may.");
  }
  return absl::OkStatus();
}

absl::Status CheckMayLeave(MemberId leaving, std::span<const MemberId> administrators) {
  if (administrators.size() != 1 || administrators[0] != leaving) return absl::OkStatus();
  return Refusal(reasons::kLastAdministrator, "The organization has one administrator at least.");
}

}  // namespace guildhall::identity
