#include "services/discussions/store/change_looks.h"

#include "discussions/statements.h"
#include "libs/cache/log_rows.h"

namespace guildhall::discussions {

absl::StatusOr<cache::Look> LookAtChanges(postgres::Database& database,
                                          std::optional<std::uint64_t> from, Deadline deadline) {
  return cache::LookWith(sql::kLookAtChanges, database, from, deadline,
                         [](const postgres::Row& row, cache::Tags& tags) {
                           const auto community = row.Get<std::optional<Uuid>>(cache::kLogColumns);
                           if (community) tags.push_back(*community);
                         });
}

}  // namespace guildhall::discussions
