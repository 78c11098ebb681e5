#include "services/directory/store/changed_items.h"

#include <vector>

#include "directory/statements.h"
#include "libs/base/status_macros.h"
#include "services/directory/store/community_rows.h"

namespace guildhall::directory {

absl::StatusOr<absl::flat_hash_map<CommunityId, Community>> GetChangedCommunities(
    postgres::Database& database, const postgres::Context& context,
    std::span<const CommunityId> ids) {
  absl::flat_hash_map<CommunityId, Community> found;
  if (ids.empty()) return found;
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kGetChangedCommunities, ids));
  for (const postgres::Row row : rows) {
    Community community = CommunityFrom(row);
    found.emplace(community.id, std::move(community));
  }
  return found;
}

absl::StatusOr<absl::flat_hash_map<MembershipKey, Membership>> GetChangedMemberships(
    postgres::Database& database, const postgres::Context& context,
    std::span<const MembershipKey> keys) {
  absl::flat_hash_map<MembershipKey, Membership> found;
  if (keys.empty()) return found;
  std::vector<CommunityId> communities;
  std::vector<MemberId> members;
  for (const auto& [community, member] : keys) {
    communities.push_back(community);
    members.push_back(member);
  }
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kGetChangedMemberships, communities, members));
  for (const postgres::Row row : rows) {
    found.emplace(MembershipKey(row.Get<CommunityId>(0), row.Get<MemberId>(1)),
                  Membership{row.Get<MemberId>(1), static_cast<Role>(row.Get<std::int32_t>(2)),
                             row.Get<absl::Time>(3)});
  }
  return found;
}

absl::StatusOr<std::int64_t> GetAccessRevision(postgres::Database& database,
                                               const postgres::Context& context) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kGetAccessRevision));
  return rows[0].Get<std::int64_t>(0);
}

}  // namespace guildhall::directory
