#pragma once

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "libs/cache/follower.h"
#include "libs/postgres/database.h"

namespace guildhall::directory {

// The tag of replies that depend on what others say of themselves, such as whether a parent is
// SECRET: every edit of a community has it.
inline constexpr cache::Tag kAnyCommunity{};

// What the caches of this process have to know of the change log: see cache::LookAtLog. A change
// concerns the replies of its key, a community or a member.
//
// One range of an index in each partition. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<cache::Look> LookAtChanges(postgres::Database& database,
                                          std::optional<std::uint64_t> from, Deadline deadline);

}  // namespace guildhall::directory
