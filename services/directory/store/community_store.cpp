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

// 0: any.
template <typename Enum>
std::int32_t Number(std::optional<Enum> value) {
  return value ? static_cast<std::int32_t>(*value) : 0;
}

// Behind the columns of a community: whether one above it is SECRET, and those above that are seen.
SeenCommunity SeenFrom(const postgres::Row& row) {
  SeenCommunity seen{.community = CommunityFrom(row),
                     .below_secret = row.Get<bool>(kCommunityColumns)};
  const auto ids = row.Get<std::vector<CommunityId>>(kCommunityColumns + 1);
  auto names = row.Get<std::vector<std::string>>(kCommunityColumns + 2);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    seen.ancestors.push_back({ids[i], std::move(names[i])});
  }
  return seen;
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
  return SeenFrom(rows[0]);
}

absl::StatusOr<std::vector<ListedCommunity>> CommunityStore::List(const postgres::Context& context,
                                                                  const access::Viewer& viewer,
                                                                  const CommunityFilter& filter,
                                                                  const CommunityPosition& after,
                                                                  int count) const {
  std::vector<ListedCommunity> listed;
  if (viewer.affiliation() == Affiliation::kNone) return listed;
  const auto read = [&](const postgres::Statement& statement, const auto& position) {
    return database_.Read(context, statement, viewer.member(), IsExternal(viewer), filter.parent,
                          Number(filter.kind), Number(filter.admits), filter.location,
                          filter.archived == Archived::kShown, count, position, after.id,
                          filter.level == Level::kTop, filter.ancestor);
  };
  const auto in_order = [&]() -> absl::StatusOr<postgres::Rows> {
    switch (filter.order) {
      case CommunityOrder::kNewest:
        return read(sql::kListNewestCommunities, after.create_time);
      case CommunityOrder::kLargest:
        return read(sql::kListLargestCommunities, after.member_count);
      case CommunityOrder::kName:
        break;
    }
    return read(sql::kListCommunities, after.display_name);
  };
  GUILDHALL_ASSIGN(const postgres::Rows rows, in_order());
  for (const postgres::Row row : rows) {
    listed.push_back({CommunityFrom(row), row.Get<bool>(kCommunityColumns)});
  }
  return listed;
}

absl::StatusOr<std::vector<SeenCommunity>> CommunityStore::GetAll(
    const postgres::Context& context, const access::Viewer& viewer,
    const std::vector<CommunityId>& ids) const {
  std::vector<SeenCommunity> seen;
  if (viewer.affiliation() == Affiliation::kNone) return seen;
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database_.Read(context, sql::kBatchGetCommunities, viewer.member(), IsExternal(viewer), ids));
  for (const postgres::Row row : rows) seen.push_back(SeenFrom(row));
  return seen;
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

absl::StatusOr<std::optional<Membership>> CommunityStore::GetMembership(
    const postgres::Context& context, const access::Grant& grant, MemberId member) const {
  GUILDHALL_CHECK(grant.community().has_value());
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database_.Read(context, sql::kGetMembership, *grant.community(), member));
  if (rows.empty()) return std::nullopt;
  return Membership{member, static_cast<Role>(rows[0].Get<std::int32_t>(0)),
                    rows[0].Get<absl::Time>(1)};
}

}  // namespace guildhall::directory
