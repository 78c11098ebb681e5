#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"

namespace guildhall::idempotency {

// How long a repeat gets the first answer (promise 2).
inline constexpr absl::Duration kRemembered = absl::Hours(24);

// Forgets claims that are older than kRemembered at `now`, in chunks of 1,000 rows, and says how
// many. Safe to run in several processes at once. Cost: what it forgets, found by its index.
absl::StatusOr<int> PurgeClaims(postgres::Database& database, absl::Time now);

}  // namespace guildhall::idempotency
