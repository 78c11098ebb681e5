#include "services/directory/store/ban_store.h"

#include "directory/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"

namespace guildhall::directory {

absl::StatusOr<std::vector<Ban>> ListBans(postgres::Database& database,
                                          const postgres::Context& context,
                                          const access::Grant& grant, const BanPosition& after,
                                          int count) {
  GUILDHALL_CHECK(grant.community().has_value());
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListBans, *grant.community(), after.create_time,
                                 after.member, count));
  std::vector<Ban> bans;
  for (const postgres::Row row : rows) {
    bans.push_back({.member = row.Get<MemberId>(0),
                    .reason = row.Get<std::string>(1),
                    .creator = row.Get<MemberId>(2),
                    .create_time = row.Get<absl::Time>(3),
                    .expire_time = row.Get<std::optional<absl::Time>>(4)});
  }
  return bans;
}

absl::StatusOr<std::optional<Affiliation>> HoldMemberInSight(postgres::Work& work,
                                                             const access::Viewer& viewer,
                                                             MemberId member) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kHoldMemberInSight, member, viewer.member(),
                            viewer.affiliation() != Affiliation::kEmployee));
  if (rows.empty()) return std::nullopt;
  return static_cast<Affiliation>(rows[0].Get<std::int32_t>(0));
}

void HoldMember(postgres::Work& work, MemberId member) { work.Defer(sql::kHoldMember, member); }

absl::StatusOr<Covered> LockCovered(postgres::Work& work, CommunityId community, MemberId member) {
  Covered covered;
  work.Defer(sql::kLockCommunitiesOfMemberBelow, community, member);
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kReadMembershipsBelow, community, member));
  for (const postgres::Row row : rows) {
    covered.memberships.push_back(
        {row.Get<CommunityId>(0), static_cast<Role>(row.Get<std::int32_t>(1)), row.Get<bool>(2)});
  }
  GUILDHALL_ASSIGN(const postgres::Rows standing,
                   work.Run(sql::kReadStandingToBan, community, member));
  covered.owns_ancestor = standing[0].Get<bool>(0);
  covered.banned = standing[0].Get<bool>(1);
  return covered;
}

absl::StatusOr<std::vector<Sight>> ReadSightBelow(postgres::Work& work, CommunityId community,
                                                  MemberId member) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kListSightBelow, community, member));
  std::vector<Sight> sight;
  for (const postgres::Row row : rows) {
    sight.push_back({row.Get<CommunityId>(0), static_cast<Extent>(row.Get<std::int32_t>(1))});
  }
  return sight;
}

void InsertBan(postgres::Work& work, CommunityId community, const Ban& ban) {
  work.Defer(sql::kInsertBan, community, ban.member, ban.reason, ban.creator, ban.create_time,
             ban.expire_time);
}

absl::StatusOr<bool> DeleteBan(postgres::Work& work, CommunityId community, MemberId member) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kDeleteBan, community, member));
  return !rows.empty();
}

absl::StatusOr<std::vector<EndedBan>> ListEndedBans(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    absl::Time now, const EndedBan& after,
                                                    int count) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListEndedBans, now, after.expire_time, after.member,
                                 after.community, count));
  std::vector<EndedBan> ended;
  for (const postgres::Row row : rows) {
    ended.push_back({row.Get<absl::Time>(0), row.Get<MemberId>(1), row.Get<CommunityId>(2)});
  }
  return ended;
}

absl::StatusOr<bool> DeleteEndedBan(postgres::Work& work, CommunityId community, MemberId member,
                                    absl::Time now) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kDeleteEndedBan, community, member, now));
  return !rows.empty();
}

}  // namespace guildhall::directory
