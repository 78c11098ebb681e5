#pragma once

#include <span>

#include "absl/status/status.h"
#include "libs/postgres/work.h"
#include "services/directory/store/ban_store.h"

namespace guildhall::directory {

// Tells, in the transaction that lifted a ban of a member that is held, what comes back into its
// sight, and notes that it is decided about anew. Last in the transaction.
// Cost: one round trip, one row for each community below.
absl::Status TellEnded(postgres::Work& work, CommunityId community, MemberId member);

}  // namespace guildhall::directory
