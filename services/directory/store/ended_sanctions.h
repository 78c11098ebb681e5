#pragma once

#include "absl/status/status.h"
#include "libs/postgres/work.h"
#include "services/directory/store/sanction_store.h"

namespace guildhall::directory {

// Tells, in the transaction that ended a sanction of a member that is held, of the mute that is no
// more, or of what comes back into sight after a ban, and notes that the member is decided about
// anew. Last in the transaction.
// Cost of a ban: one round trip, one row for each community below.
absl::Status TellEnded(postgres::Work& work, SanctionKind kind, CommunityId community,
                       MemberId member);

}  // namespace guildhall::directory
