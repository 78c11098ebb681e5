#pragma once

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "libs/cache/follower.h"
#include "libs/postgres/database.h"

namespace guildhall::discussions {

// What the caches of this process have to know of the change log: see cache::LookAtLog. Every
// change concerns the replies of its topic and those of the topic's community, or of the one that
// it has left.
//
// One range of an index in each partition, and a look-up for each change.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<cache::Look> LookAtChanges(postgres::Database& database,
                                          std::optional<std::uint64_t> from, Deadline deadline);

}  // namespace guildhall::discussions
