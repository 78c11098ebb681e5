#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "libs/changelog/page.h"
#include "libs/postgres/database.h"

namespace guildhall::changelog {

// Rows of a page.
inline constexpr int kMostEntries = 1000;

// Reads what has settled after `from`: no transaction that is still open can put anything before
// it. A page goes through at most `limit` rows.
//
// A transaction takes its xid before it takes a key, so of two changes of a key the later may stand
// first. It then takes the earlier along, wherever that stands, and the earlier is passed by at its
// own place. Both follow from the log alone: a reader keeps nothing but its position, and nobody
// waits for more than what is open.
//
// From nowhere it answers the current end and no entries. A page of RESET: see Page.
// Cost: one statement, one range of an index per partition; one more for each change taken along
// that is not in the page. Fails with DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<Page> ReadSettled(postgres::Database& database, const postgres::Context& context,
                                 const Position& from, int limit = kMostEntries);

// The same row by row, for who publishes the log: without the entries, which are in `units`.
absl::StatusOr<Page> ReadSettledUnits(postgres::Database& database,
                                      const postgres::Context& context, const Position& from,
                                      std::vector<Unit>& units, int limit = kMostEntries);

}  // namespace guildhall::changelog
