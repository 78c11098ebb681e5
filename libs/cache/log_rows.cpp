#include "libs/cache/log_rows.h"

#include <utility>

#include "libs/base/status_macros.h"

namespace guildhall::cache {

absl::StatusOr<Look> LookWith(const postgres::Statement& statement, postgres::Database& database,
                              std::optional<std::uint64_t> from, Deadline deadline,
                              absl::FunctionRef<void(const postgres::Row&, Tags&)> add_tags) {
  std::optional<std::int64_t> first;
  if (from) first = static_cast<std::int64_t>(*from);
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read({.deadline = deadline}, statement, first, kMostChanges + 1));
  Look look;
  for (const postgres::Row row : rows) {
    look.horizon = static_cast<std::uint64_t>(row.Get<std::int64_t>(0));
    look.server = row.Get<std::int64_t>(1);
    const auto xid = row.Get<std::optional<std::int64_t>>(2);
    if (!xid) break;  // where the log stands, and no change
    Change change{.xid = static_cast<std::uint64_t>(*xid), .n = row.Get<std::int64_t>(3)};
    change.tags.push_back(row.Get<Uuid>(4));
    add_tags(row, change.tags);
    look.changes.push_back(std::move(change));
  }
  return look;
}

}  // namespace guildhall::cache
