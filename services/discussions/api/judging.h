#pragma once

#include "absl/status/statusor.h"
#include "libs/postgres/work.h"
#include "services/discussions/api/writing.h"

namespace guildhall::discussions {

// What decisions about flagged posts share.

// Locks the topic of a post and reads the post to decide about it: one that stands, or one that its
// author deleted while it was under review (with delete_time; of it only its author and version are
// known). One round trip more for the latter. Fails with: NOT_FOUND, BUSY.
absl::StatusOr<HeldPost> HoldToJudge(postgres::Work& work, Permit& permit,
                                     const resources::PostRef& ref);

}  // namespace guildhall::discussions
