#pragma once

#include <map>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/base/ids.h"
#include "libs/postgres/work.h"

namespace guildhall::directory {

// Whose accounts are suspended, as identity tells. All fail with BUSY, DEPENDENCY_AWAY or
// DEADLINE_PASSED.

// Lets nobody else write it, nor create members, until the transaction ends; before any member is
// held.
void LockSuspensions(postgres::Work& work);

// Whose are, also of those who are no members. The lock is held. One round trip.
absl::StatusOr<std::vector<MemberId>> ReadSuspensions(postgres::Work& work);

// Notes of each whether it is, with a change of every profile that tells so anew; whoever is no
// member yet is one that is suspended when it comes. The lock is held. A round trip for 1,000.
absl::Status NoteSuspensions(postgres::Work& work, const std::map<MemberId, bool>& suspended);

}  // namespace guildhall::directory
