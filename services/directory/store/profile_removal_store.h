#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "libs/postgres/database.h"
#include "libs/postgres/work.h"
#include "services/directory/domain/profile_removal.h"

namespace guildhall::directory {

// What administrators took out of profiles.

void InsertProfileRemoval(postgres::Work& work, const ProfileRemoval& removal);

// Where a list of a member's goes on.
struct ProfileRemovalPosition {
  absl::Time create_time = absl::InfiniteFuture();
  Uuid id;
};

// Up to `count` of those of a member, newest first. One index range scan.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<ProfileRemoval>> ReadProfileRemovals(postgres::Database& database,
                                                                const postgres::Context& context,
                                                                MemberId member,
                                                                const ProfileRemovalPosition& after,
                                                                int count);

}  // namespace guildhall::directory
