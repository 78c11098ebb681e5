#include "libs/changelog/settled.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "changelog/statements.h"
#include "libs/base/status_macros.h"

namespace guildhall::changelog {
namespace {

std::uint64_t XidOf(const postgres::Row& row, int column) {
  return static_cast<std::uint64_t>(row.Get<std::int64_t>(column));
}

// From ten columns in a row.
Entry EntryOf(const postgres::Row& row, int first) {
  return {.place = {XidOf(row, first), row.Get<std::int64_t>(first + 1)},
          .change = {.kind = row.Get<std::int32_t>(first + 6),
                     .key = row.Get<Uuid>(first + 3),
                     .resource = row.Get<Uuid>(first + 7),
                     .version = row.Get<std::int64_t>(first + 8),
                     .origin = static_cast<Origin>(row.Get<std::int32_t>(first + 9))},
          .key_seq = row.Get<std::int64_t>(first + 4),
          .after_xid = XidOf(row, first + 5),
          .time = row.Get<absl::Time>(first + 2)};
}

// What one statement saw of the log.
struct Seen {
  Uuid incarnation;
  std::uint64_t horizon = 0;  // the oldest transaction that was open
  bool lost = false;          // what stood after the position is not kept any more
  std::vector<Entry> rows;
  std::map<Uuid, std::int64_t> told;  // up to which number, of keys of which more is than stands
};

absl::StatusOr<Seen> See(postgres::Database& database, const postgres::Context& context,
                         const Place& after, int limit) {
  const auto read = [&] {
    return database.Read(context, sql::kReadSettled, static_cast<std::int64_t>(after.xid), after.n,
                         static_cast<std::int64_t>(limit));
  };
  GUILDHALL_ASSIGN(postgres::Rows rows, read());
  if (rows.empty()) {
    // Restored, or a standby that took over: whoever sees it first makes it another log.
    GUILDHALL_TRY(database.Write(context, sql::kRenewIncarnation).status());
    GUILDHALL_ASSIGN(rows, read());
  }
  if (rows.empty()) return absl::InternalError("change_log_head has lost its row");
  Seen seen{.incarnation = rows[0].Get<Uuid>(0),
            .horizon = XidOf(rows[0], 1),
            .lost = rows[0].Get<bool>(2)};
  if (rows[0].IsNull(3)) return seen;
  seen.rows.reserve(rows.size());
  for (const postgres::Row row : rows) {
    seen.rows.push_back(EntryOf(row, 3));
    const auto told = row.Get<std::int64_t>(13);
    if (told > 0) seen.told[seen.rows.back().change.key] = told;
  }
  return seen;
}

// Tells the rows of a page in the order of their places, each key in its own.
class Teller {
 public:
  Teller(postgres::Database& database, const postgres::Context& context, const Seen& seen)
      : database_(database), context_(context), rows_(seen.rows), told_(seen.told) {
    // Whether some row's predecessor stands behind it.
    inverted_ = std::any_of(rows_.begin(), rows_.end(),
                            [](const Entry& row) { return row.after_xid > row.place.xid; });
    if (!inverted_) return;
    for (const Entry& row : rows_) by_number_[{row.change.key, row.key_seq}] = &row;
  }

  absl::Status Tell(std::vector<Unit>& units) {
    for (const Entry& row : rows_) {
      if (WasTold(row.change.key, row.key_seq)) continue;
      Unit unit{row.place, {row}};
      GUILDHALL_TRY(TakeAlong(unit.entries));
      std::reverse(unit.entries.begin(), unit.entries.end());
      if (inverted_) told_[row.change.key] = row.key_seq;
      units.push_back(std::move(unit));
    }
    return absl::OkStatus();
  }

 private:
  bool WasTold(const Uuid& key, std::int64_t number) const {
    const auto told = told_.find(key);
    return told != told_.end() && number <= told->second;
  }

  // Adds to a row, backwards, what happened before it, stands behind it and was not told.
  absl::Status TakeAlong(std::vector<Entry>& chain) {
    const Place place = chain.front().place;
    while (chain.back().after_xid > place.xid &&
           !WasTold(chain.back().change.key, chain.back().key_seq - 1)) {
      GUILDHALL_ASSIGN(const std::optional<Entry> before, Before(chain.back()));
      // From before the log told who comes after whom.
      if (!before) break;
      chain.push_back(*before);
      chain.back().place = place;
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::optional<Entry>> Before(const Entry& entry) {
    const auto found = by_number_.find({entry.change.key, entry.key_seq - 1});
    if (found != by_number_.end()) return *found->second;
    GUILDHALL_ASSIGN(
        const postgres::Rows rows,
        database_.Read(context_, sql::kReadChange, static_cast<std::int64_t>(entry.after_xid),
                       entry.change.key, entry.key_seq - 1));
    if (rows.empty()) return std::nullopt;
    return EntryOf(rows[0], 0);
  }

  postgres::Database& database_;
  const postgres::Context& context_;
  const std::vector<Entry>& rows_;
  std::map<Uuid, std::int64_t> told_;
  bool inverted_ = false;
  std::map<std::pair<Uuid, std::int64_t>, const Entry*> by_number_;
};

// Where who begins now reads on: whatever is open comes after it.
Position EndOf(const Seen& seen) { return {seen.incarnation, {seen.horizon, 0}}; }

}  // namespace

absl::StatusOr<Page> ReadSettledUnits(postgres::Database& database,
                                      const postgres::Context& context, const Position& from,
                                      std::vector<Unit>& units, int limit) {
  const bool begins = from.IsNowhere();
  GUILDHALL_ASSIGN(const Seen seen, See(database, context, from.place, begins ? 0 : limit));
  if (begins) return Page{.end = EndOf(seen)};
  // A position beyond the horizon is of a past in which more had happened.
  if (seen.incarnation != from.incarnation || seen.lost || from.place.xid > seen.horizon) {
    return Page{.end = EndOf(seen), .reset = true};
  }
  GUILDHALL_TRY(Teller(database, context, seen).Tell(units));
  Page page{.end = from, .more = seen.rows.size() >= static_cast<std::size_t>(limit)};
  if (!seen.rows.empty()) page.end.place = seen.rows.back().place;
  return page;
}

absl::StatusOr<Page> ReadSettled(postgres::Database& database, const postgres::Context& context,
                                 const Position& from, int limit) {
  std::vector<Unit> units;
  GUILDHALL_ASSIGN(Page page, ReadSettledUnits(database, context, from, units, limit));
  for (const Unit& unit : units) {
    page.entries.insert(page.entries.end(), unit.entries.begin(), unit.entries.end());
  }
  return page;
}

}  // namespace guildhall::changelog
