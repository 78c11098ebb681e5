#pragma once

#include <span>

#include "absl/status/status.h"
#include "libs/base/ids.h"
#include "services/identity/domain/account.h"

namespace guildhall::identity {

// Who may administer the organization: employees whose accounts may be used, a bounded number, and
// never nobody once there was somebody.

// OK when `account` may be one of the administrators, beside those there are; also when it is one.
// Fails with: NOT_AN_EMPLOYEE, ACCOUNT_SUSPENDED, TOO_MANY_ADMINISTRATORS.
absl::Status CheckMayAdminister(const Account& account, std::size_t administrators);

// OK when `leaving` need not be one of the administrators any longer; also when it is none.
// Fails with: LAST_ADMINISTRATOR.
absl::Status CheckMayLeave(MemberId leaving, std::span<const MemberId> administrators);

}  // namespace guildhall::identity
