#include "libs/changelog/settled.h"

#include <utility>

#include "changelog/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"

namespace guildhall::changelog {
namespace {

std::uint64_t XidOf(const postgres::Row& row, int column) {
  return static_cast<std::uint64_t>(row.Get<std::int64_t>(column));
}

Entry EntryOf(const postgres::Row& row) {
  return {.place = {XidOf(row, 3), row.Get<std::int64_t>(4)},
          .change = {.kind = row.Get<std::int32_t>(9),
                     .key = row.Get<Uuid>(6),
                     .resource = row.Get<Uuid>(10),
                     .version = row.Get<std::int64_t>(11),
                     .origin = static_cast<Origin>(row.Get<std::int32_t>(12))},
          .key_seq = row.Get<std::int64_t>(7),
          .after_xid = XidOf(row, 8),
          .time = row.Get<absl::Time>(5)};
}

// What one statement saw of the log.
struct Seen {
  Uuid incarnation;
  std::uint64_t horizon = 0;  // the oldest transaction that was open
  bool lost = false;          // what stood after the position is not kept any more
  std::vector<Entry> entries;
};

absl::StatusOr<Seen> See(postgres::Database& database, const postgres::Context& context,
                         const Place& after, int limit) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kReadSettled, static_cast<std::int64_t>(after.xid),
                                 after.n, static_cast<std::int64_t>(limit)));
  GUILDHALL_CHECK(!rows.empty());
  Seen seen{.incarnation = rows[0].Get<Uuid>(0),
            .horizon = XidOf(rows[0], 1),
            .lost = rows[0].Get<bool>(2)};
  if (rows[0].IsNull(3)) return seen;
  seen.entries.reserve(rows.size());
  for (const postgres::Row row : rows) seen.entries.push_back(EntryOf(row));
  return seen;
}

// Where who begins now reads on: whatever is open comes after it.
Position EndOf(const Seen& seen) { return {seen.incarnation, {seen.horizon, 0}}; }

}  // namespace

absl::StatusOr<Page> ReadSettledAsItStands(postgres::Database& database,
                                           const postgres::Context& context, const Position& from,
                                           int limit) {
  if (from.IsNowhere()) {
    GUILDHALL_ASSIGN(const Seen seen, See(database, context, {}, 0));
    return Page{.end = EndOf(seen)};
  }
  Page page{.end = from};
  std::size_t closed = 0;
  Place read = from.place;
  do {
    GUILDHALL_ASSIGN(const Seen seen, See(database, context, read, limit));
    // A position beyond the horizon is of a past in which more had happened.
    if (seen.incarnation != from.incarnation || seen.lost || from.place.xid > seen.horizon) {
      return Page{.end = EndOf(seen), .reset = true};
    }
    page.more = seen.entries.size() >= static_cast<std::size_t>(limit);
    page.entries.insert(page.entries.end(), seen.entries.begin(), seen.entries.end());
    if (page.entries.empty()) return page;
    read = page.entries.back().place;
    // Of the last transaction there may be more.
    closed = ClosedPrefix(page.entries, page.more ? read.xid : seen.horizon);
  } while (closed == 0 && page.more);
  page.entries.resize(closed);
  if (closed > 0) page.end.place = page.entries.back().place;
  return page;
}

absl::StatusOr<Page> ReadSettled(postgres::Database& database, const postgres::Context& context,
                                 const Position& from, int limit) {
  GUILDHALL_ASSIGN(Page page, ReadSettledAsItStands(database, context, from, limit));
  OrderByKey(page.entries);
  return page;
}

}  // namespace guildhall::changelog
