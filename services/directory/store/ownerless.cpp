#include "services/directory/store/ownerless.h"

#include "directory/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"

namespace guildhall::directory {

absl::StatusOr<std::vector<OwnerlessCommunity>> FindOwnerlessCommunities(
    postgres::Database& database, const postgres::Context& context, const access::Grant& grant,
    const OwnerlessCommunity& after, int count) {
  GUILDHALL_CHECK(grant.permission() == access::Permission::kAccountAdminister);
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kListOwnerlessCommunities,
                                                            after.create_time, after.id, count));
  std::vector<OwnerlessCommunity> communities;
  for (const postgres::Row row : rows) {
    communities.push_back({.id = row.Get<CommunityId>(0), .create_time = row.Get<absl::Time>(1)});
  }
  return communities;
}

}  // namespace guildhall::directory
