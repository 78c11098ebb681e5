#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/random.h"
#include "tools/import/demo/names.h"
#include "tools/import/demo/organization.h"
#include "tools/import/methods.h"

namespace guildhall::demo {

// Opens an account for each member that has an e-mail address and says which member it is. Those
// that are open already are found by signing in; within a day of their opening the repeated sign-up
// finds them, without a session.
//
// Fails with FAILED_PRECONDITION and a sentence for people when sign-up is closed, or an account
// has another password or is of the other affiliation (setting employee_domains of identity);
// otherwise as identity fails.
absl::StatusOr<Accounts> OpenAccounts(const Organization& organization,
                                      const importing::AccountMethods& identity, absl::Time now,
                                      Random& random);

}  // namespace guildhall::demo
