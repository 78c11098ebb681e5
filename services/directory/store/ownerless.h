#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/grant.h"
#include "libs/base/ids.h"
#include "libs/postgres/database.h"

namespace guildhall::directory {

// A community in which no owner can act, neither its own nor one from above.
struct OwnerlessCommunity {
  CommunityId id;
  absl::Time create_time = absl::InfiniteFuture();
};

// Up to `count` that are not archived, the newest first, after one of them, for a grant of
// kAccountAdminister: whether or not the caller sees them. One statement, which reads each owner,
// suspended account, ban and community of the catalog once.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<OwnerlessCommunity>> FindOwnerlessCommunities(
    postgres::Database& database, const postgres::Context& context, const access::Grant& grant,
    const OwnerlessCommunity& after, int count);

}  // namespace guildhall::directory
