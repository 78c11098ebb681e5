#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "libs/postgres/work.h"
#include "services/discussions/domain/topic.h"
#include "services/discussions/store/time_position.h"

namespace guildhall::discussions {

// What was deleted for a reason by who keeps order.

// Deletes a locked topic, whose version is the new one, and stores the removal; its title and first
// post are read into it. One round trip.
absl::Status RemoveTopic(postgres::Work& work, const Topic& topic, Removal& removal);

// Stores the removal of a post of a held topic, whose version is the new one; the topic's title is
// read into it. One round trip.
absl::Status RemovePost(postgres::Work& work, const Post& post, Removal& removal);

// Up to `count` removals of the grant's community, newest first: for a grant to keep order. One
// range of an index. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<Removal>> ListRemovals(postgres::Database& database,
                                                  const postgres::Context& context,
                                                  const access::Grant& grant,
                                                  const TimePosition& after, int count);

// Up to `count` removals of what the grant's member wrote, newest first, wherever it stood: whether
// the member may read there now is to be decided by the caller.
absl::StatusOr<std::vector<Removal>> ListOwnRemovals(postgres::Database& database,
                                                     const postgres::Context& context,
                                                     const access::Grant& grant,
                                                     const TimePosition& after, int count);

}  // namespace guildhall::discussions
