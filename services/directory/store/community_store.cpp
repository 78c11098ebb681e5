#include "services/directory/store/community_store.h"

#include "directory/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "services/directory/store/community_rows.h"

namespace guildhall::directory {
namespace {

bool IsExternal(const access::Viewer& viewer) {
  return viewer.affiliation() != Affiliation::kEmployee;
}

}  // namespace

absl::StatusOr<std::optional<SeenCommunity>> CommunityStore::Get(const postgres::Context& context,
                                                                 const access::Grant& grant) const {
  GUILDHALL_CHECK(grant.community().has_value());
  const access::Viewer& viewer = grant.viewer();
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database_.Read(context, sql::kGetCommunity, *grant.community(), viewer.member(),
                                  IsExternal(viewer)));
  if (rows.empty()) return std::nullopt;
  return SeenCommunity{CommunityFrom(rows[0]), rows[0].Get<bool>(kCommunityColumns)};
}

absl::StatusOr<std::vector<Community>> CommunityStore::List(const postgres::Context& context,
                                                            const access::Viewer& viewer,
                                                            const CommunityFilter& filter,
                                                            const NamePosition& after,
                                                            int count) const {
  const int kind = filter.kind ? static_cast<int>(*filter.kind) : 0;
  const bool archived = filter.archived == Archived::kShown;
  const auto read = [&]() -> absl::StatusOr<postgres::Rows> {
    if (filter.parent) {
      return database_.Read(context, sql::kListSubCommunities, viewer.member(), IsExternal(viewer),
                            kind, after.display_name, after.id, count, *filter.parent, archived);
    }
    if (IsExternal(viewer)) {
      return database_.Read(context, sql::kListCommunitiesForExternal, viewer.member(), kind,
                            after.display_name, after.id, count, archived);
    }
    return database_.Read(context, sql::kListCommunities, viewer.member(), kind, after.display_name,
                          after.id, count, archived);
  };
  if (viewer.affiliation() == Affiliation::kNone) return std::vector<Community>();
  GUILDHALL_ASSIGN(const postgres::Rows rows, read());
  std::vector<Community> communities;
  for (const postgres::Row row : rows) communities.push_back(CommunityFrom(row));
  return communities;
}

absl::StatusOr<std::vector<MyCommunity>> CommunityStore::ListMine(const postgres::Context& context,
                                                                  const access::Viewer& viewer,
                                                                  const NamePosition& after,
                                                                  int count) const {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database_.Read(context, sql::kListMyCommunities, viewer.member(),
                                  IsExternal(viewer), after.display_name, after.id, count));
  std::vector<MyCommunity> mine;
  for (const postgres::Row row : rows) {
    mine.push_back(
        {CommunityFrom(row), static_cast<Role>(row.Get<std::int32_t>(kCommunityColumns))});
  }
  return mine;
}

absl::StatusOr<std::vector<Membership>> CommunityStore::ListMemberships(
    const postgres::Context& context, const access::Grant& grant, const RankPosition& after,
    int count) const {
  GUILDHALL_CHECK(grant.community().has_value());
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database_.Read(context, sql::kListMemberships, *grant.community(),
                                  static_cast<std::int32_t>(after.role), after.create_time,
                                  after.member, count));
  std::vector<Membership> memberships;
  for (const postgres::Row row : rows) {
    memberships.push_back({row.Get<MemberId>(0), static_cast<Role>(row.Get<std::int32_t>(1)),
                           row.Get<absl::Time>(2)});
  }
  return memberships;
}

}  // namespace guildhall::directory
