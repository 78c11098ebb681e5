#include "services/discussions/store/activity_store.h"

#include "discussions/statements.h"
#include "libs/base/status_macros.h"

namespace guildhall::discussions {

absl::StatusOr<std::vector<CommunityActivity>> ListActiveCommunities(
    postgres::Database& database, const postgres::Context& context, const TimePosition& after,
    int count) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kListActiveCommunities,
                                                            after.time, after.id, count));
  std::vector<CommunityActivity> communities;
  for (const postgres::Row row : rows) {
    communities.push_back({row.Get<CommunityId>(0), row.Get<absl::Time>(1)});
  }
  return communities;
}

}  // namespace guildhall::discussions
