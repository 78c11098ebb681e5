#include "services/discussions/store/change_looks.h"

#include "discussions/statements.h"
#include "libs/base/status_macros.h"

namespace guildhall::discussions {

absl::StatusOr<cache::Look> LookAtChanges(postgres::Database& database,
                                          std::optional<std::uint64_t> from, Deadline deadline) {
  std::optional<std::int64_t> first;
  if (from) first = static_cast<std::int64_t>(*from);
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read({.deadline = deadline}, sql::kLookAtChanges, first, cache::kMostChanges + 1));
  cache::Look look;
  for (const postgres::Row row : rows) {
    look.horizon = static_cast<std::uint64_t>(row.Get<std::int64_t>(0));
    look.server = row.Get<std::int64_t>(1);
    const auto xid = row.Get<std::optional<std::int64_t>>(2);
    if (!xid) break;  // where the log stands, and no change
    cache::Change change{.xid = static_cast<std::uint64_t>(*xid), .n = row.Get<std::int64_t>(3)};
    change.tags.push_back(row.Get<Uuid>(4));
    if (const auto community = row.Get<std::optional<Uuid>>(5)) change.tags.push_back(*community);
    look.changes.push_back(std::move(change));
  }
  return look;
}

}  // namespace guildhall::discussions
