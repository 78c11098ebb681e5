#include "services/directory/store/change_looks.h"

#include "directory/statements.h"
#include "guildhall/change/v1/change.pb.h"
#include "libs/cache/log_rows.h"

namespace guildhall::directory {

absl::StatusOr<cache::Look> LookAtChanges(postgres::Database& database,
                                          std::optional<std::uint64_t> from, Deadline deadline) {
  return cache::LookWith(sql::kLookAtChanges, database, from, deadline,
                         [](const postgres::Row& row, cache::Tags& tags) {
                           const auto kind = row.Get<std::int32_t>(cache::kLogColumns);
                           if (kind == change::v1::KIND_COMMUNITY_UPDATED)
                             tags.push_back(kAnyCommunity);
                         });
}

}  // namespace guildhall::directory
