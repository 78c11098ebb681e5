#include "services/directory/store/member_communities.h"

#include "directory/statements.h"
#include "libs/base/status_macros.h"
#include "services/directory/store/community_rows.h"

namespace guildhall::directory {

absl::StatusOr<std::vector<MemberCommunity>> ListMemberCommunities(
    postgres::Database& database, const postgres::Context& context, const access::Viewer& viewer,
    MemberId member, Archived archived, const NamePosition& after, int count) {
  std::vector<MemberCommunity> communities;
  if (viewer.affiliation() == Affiliation::kNone) return communities;
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kListMemberCommunities, viewer.member(),
                    viewer.affiliation() != Affiliation::kEmployee, member,
                    archived == Archived::kShown, after.display_name, after.id, count));
  for (const postgres::Row row : rows) {
    communities.push_back(
        {CommunityFrom(row), static_cast<Role>(row.Get<std::int32_t>(kCommunityColumns))});
  }
  return communities;
}

}  // namespace guildhall::directory
