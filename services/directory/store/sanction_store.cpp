#include "services/directory/store/sanction_store.h"

#include "directory/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"

namespace guildhall::directory {

namespace {

// The statement about the table of a kind.
const postgres::Statement& Pick(SanctionKind kind, const postgres::Statement& about_bans,
                                const postgres::Statement& about_mutes) {
  return kind == SanctionKind::kBan ? about_bans : about_mutes;
}

Sanction SanctionFrom(SanctionKind kind, const postgres::Row& row) {
  return {.kind = kind,
          .member = row.Get<MemberId>(0),
          .reason = row.Get<std::string>(1),
          .creator = row.Get<MemberId>(2),
          .create_time = row.Get<absl::Time>(3),
          .expire_time = row.Get<std::optional<absl::Time>>(4)};
}

}  // namespace

absl::StatusOr<std::vector<Sanction>> ListSanctions(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::Grant& grant, SanctionKind kind,
                                                    const SanctionPosition& after, int count) {
  GUILDHALL_CHECK(grant.community().has_value());
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, Pick(kind, sql::kListBans, sql::kListMutes),
                                 *grant.community(), after.create_time, after.member, count));
  std::vector<Sanction> sanctions;
  for (const postgres::Row row : rows) sanctions.push_back(SanctionFrom(kind, row));
  return sanctions;
}

absl::StatusOr<std::optional<Sanction>> GetSanction(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::Grant& grant, SanctionKind kind,
                                                    MemberId member) {
  GUILDHALL_CHECK(grant.community().has_value());
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, Pick(kind, sql::kGetBan, sql::kGetMute), *grant.community(), member));
  if (rows.empty()) return std::nullopt;
  return SanctionFrom(kind, rows[0]);
}

absl::StatusOr<std::vector<OwnMute>> ListOwnMutes(postgres::Database& database,
                                                  const postgres::Context& context,
                                                  const access::Viewer& viewer,
                                                  const OwnMutePosition& after, int count) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListMyMutes, viewer.member(),
                                 viewer.affiliation() != Affiliation::kEmployee, after.create_time,
                                 after.community, count));
  std::vector<OwnMute> mutes;
  for (const postgres::Row row : rows) {
    mutes.push_back({row.Get<CommunityId>(0),
                     {.kind = SanctionKind::kMute,
                      .member = viewer.member(),
                      .reason = row.Get<std::string>(1),
                      .create_time = row.Get<absl::Time>(2),
                      .expire_time = row.Get<std::optional<absl::Time>>(3)}});
  }
  return mutes;
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
                   work.Run(sql::kReadStandingToSanction, community, member));
  covered.owns_ancestor = standing[0].Get<bool>(0);
  covered.banned = standing[0].Get<bool>(1);
  covered.muted = standing[0].Get<bool>(2);
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

void InsertSanction(postgres::Work& work, CommunityId community, const Sanction& sanction) {
  work.Defer(Pick(sanction.kind, sql::kInsertBan, sql::kInsertMute), community, sanction.member,
             sanction.reason, sanction.creator, sanction.create_time, sanction.expire_time);
}

absl::StatusOr<bool> DeleteSanction(postgres::Work& work, SanctionKind kind, CommunityId community,
                                    MemberId member) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(Pick(kind, sql::kDeleteBan, sql::kDeleteMute), community, member));
  return !rows.empty();
}

absl::StatusOr<std::vector<EndedSanction>> ListEndedSanctions(postgres::Database& database,
                                                              const postgres::Context& context,
                                                              SanctionKind kind, absl::Time now,
                                                              const EndedSanction& after,
                                                              int count) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, Pick(kind, sql::kListEndedBans, sql::kListEndedMutes),
                                 now, after.expire_time, after.member, after.community, count));
  std::vector<EndedSanction> ended;
  for (const postgres::Row row : rows) {
    ended.push_back({row.Get<absl::Time>(0), row.Get<MemberId>(1), row.Get<CommunityId>(2)});
  }
  return ended;
}

absl::StatusOr<bool> DeleteEndedSanction(postgres::Work& work, SanctionKind kind,
                                         CommunityId community, MemberId member, absl::Time now) {
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      work.Run(Pick(kind, sql::kDeleteEndedBan, sql::kDeleteEndedMute), community, member, now));
  return !rows.empty();
}

}  // namespace guildhall::directory
