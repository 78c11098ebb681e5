#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "libs/base/ids.h"
#include "libs/postgres/database.h"
#include "services/discussions/store/time_position.h"

namespace guildhall::discussions {

// When something was last written where. A trigger keeps it in step with the topics, to ten
// minutes: see migrations/0019_create_community_activity.sql.
struct CommunityActivity {
  CommunityId community;
  absl::Time active_time;
};

// Up to `count` communities after a place, those with the latest posts first, whoever may read
// there: what of it is told is for the caller to decide. One range of one index. Fails with:
// DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<CommunityActivity>> ListActiveCommunities(
    postgres::Database& database, const postgres::Context& context, const TimePosition& after,
    int count);

}  // namespace guildhall::discussions
