#pragma once

#include <cstdint>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "libs/base/deadline.h"
#include "libs/cache/follower.h"
#include "libs/postgres/database.h"

namespace guildhall::cache {

// Looks at a change log (LookAtLog) with the service's own statement about it.
//
// The statement takes the first transaction, or null, and how many rows to read at most. Its first
// columns are the horizon and the server of the look, and of each change the transaction, null
// where there is no change, its number and its key, which is a tag of it. What else a change
// concerns is the service's to say: `add_tags` reads it from kLogColumns on. Two
// look_at_changes.sql show it. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
inline constexpr int kLogColumns = 5;
absl::StatusOr<Look> LookWith(const postgres::Statement& statement, postgres::Database& database,
                              std::optional<std::uint64_t> from, Deadline deadline,
                              absl::FunctionRef<void(const postgres::Row&, Tags&)> add_tags);

}  // namespace guildhall::cache
