#pragma once

#include "absl/status/statusor.h"
#include "libs/changelog/page.h"
#include "libs/postgres/database.h"

namespace guildhall::changelog {

// Entries of a page, unless it has to hold more to be closed.
inline constexpr int kMostEntries = 1000;

// Reads what has settled after `from`: no transaction that is still open can put anything before
// it. A page has at most `limit` entries, more only where an entry's predecessor stands further
// behind in the log: what was written while one transaction was open.
//
// From nowhere it answers the current end and no entries. A page of RESET: see Page.
// Cost: one statement, one range of an index per partition. Fails with DEPENDENCY_AWAY,
// DEADLINE_PASSED.
absl::StatusOr<Page> ReadSettled(postgres::Database& database, const postgres::Context& context,
                                 const Position& from, int limit = kMostEntries);

// The same without the order by key, for who publishes the log as it stands: entries stand in the
// order of their places.
absl::StatusOr<Page> ReadSettledAsItStands(postgres::Database& database,
                                           const postgres::Context& context, const Position& from,
                                           int limit = kMostEntries);

}  // namespace guildhall::changelog
