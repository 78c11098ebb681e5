#include "services/directory/store/community_writes.h"

#include "directory/statements.h"
#include "guildhall/directory/v1/reasons.h"
#include "libs/base/status_macros.h"
#include "services/directory/store/community_rows.h"

namespace guildhall::directory {
namespace {

std::int32_t Number(auto value) { return static_cast<std::int32_t>(value); }

// The rule that the database kept, in the words of the contract.
absl::Status Translated(const absl::Status& status) {
  if (postgres::ViolatedConstraint(status) == "one_display_name_among_siblings") {
    return Refusal(reasons::kDisplayNameTaken, "A community beside it has this display name.");
  }
  return status;
}

}  // namespace

absl::StatusOr<std::optional<Locked>> LockCommunity(postgres::Work& work, CommunityId id,
                                                    MemberId member) {
  work.Defer(sql::kLockCommunity, id);
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kReadLockedCommunity, id, member));
  if (rows.empty()) return std::nullopt;
  const postgres::Row row = rows[0];
  Locked locked;
  locked.community.community = CommunityFrom(row);
  locked.community.ancestors = row.Get<std::vector<CommunityId>>(kCommunityColumns);
  locked.community.role = static_cast<Role>(row.Get<std::int32_t>(kCommunityColumns + 1));
  locked.community.owns_ancestor = row.Get<bool>(kCommunityColumns + 2);
  locked.community.banned = row.Get<bool>(kCommunityColumns + 3);
  locked.affiliation = static_cast<Affiliation>(row.Get<std::int32_t>(kCommunityColumns + 4));
  locked.community.muted = row.Get<bool>(kCommunityColumns + 5);
  return locked;
}

absl::Status InsertCommunity(postgres::Work& work, const Community& community,
                             const std::vector<CommunityId>& ancestors, MemberId owner) {
  const CommunityProfile& profile = community.profile;
  return Translated(work.Run(sql::kInsertCommunity, community.id, community.parent, ancestors,
                             profile.display_name, profile.description, Number(community.kind),
                             Number(profile.visibility), Number(profile.admits),
                             community.create_time, owner, profile.location)
                        .status());
}

absl::Status UpdateCommunity(postgres::Work& work, const Community& community,
                             ReachChange::Lost lost) {
  const CommunityProfile& profile = community.profile;
  return Translated(work.Run(sql::kUpdateCommunity, community.id, profile.display_name,
                             profile.description, Number(profile.visibility),
                             Number(profile.admits), community.version, Number(lost),
                             profile.location, Number(community.kind))
                        .status());
}

absl::StatusOr<std::vector<MarkedCommunity>> MarkArchived(postgres::Work& work, CommunityId id,
                                                          std::optional<absl::Time> mark,
                                                          bool parent_archived) {
  // Apart, so that the next statement sees what those wrote for whom this one waited.
  work.Defer(sql::kLockCommunitiesBelow, id);
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kMarkArchived, id, mark, parent_archived));
  std::vector<MarkedCommunity> marked;
  for (const postgres::Row row : rows) {
    marked.push_back({row.Get<CommunityId>(0), row.Get<std::int64_t>(1)});
  }
  return marked;
}

absl::StatusOr<std::optional<CommunityId>> ReadParent(postgres::Work& work, CommunityId id) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kReadParent, id));
  if (rows.empty()) return std::nullopt;
  return rows[0].Get<std::optional<CommunityId>>(0);
}

absl::StatusOr<std::optional<WidestChild>> ReadWidestChild(postgres::Work& work, CommunityId id) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kWidestChild, id));
  const auto visibility = rows[0].Get<std::optional<std::int32_t>>(0);
  const auto admits = rows[0].Get<std::optional<std::int32_t>>(1);
  if (!visibility || !admits) return std::nullopt;
  return WidestChild{static_cast<Visibility>(*visibility), static_cast<Admits>(*admits)};
}

absl::StatusOr<bool> HasExternals(postgres::Work& work, CommunityId id) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kHasExternals, id));
  return rows[0].Get<bool>(0);
}

absl::StatusOr<StandingToTakeIn> GetStandingToTakeIn(postgres::Work& work, MemberId member) {
  work.Defer(sql::kHoldMember, member);
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kReadStandingToTakeIn, member));
  return StandingToTakeIn{.suspended = rows[0].Get<bool>(0),
                          .communities = rows[0].Get<std::int32_t>(1)};
}

absl::StatusOr<int> CountOtherOwners(postgres::Work& work, CommunityId id, MemberId member) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kCountOtherOwners, id, member));
  return rows[0].Get<std::int32_t>(0);
}

absl::StatusOr<StandingToAppoint> GetStandingToAppoint(postgres::Work& work, CommunityId id,
                                                       MemberId member) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kReadStandingToAppoint, id, member));
  return StandingToAppoint{.suspended = rows[0].Get<bool>(0),
                           .imported = rows[0].Get<bool>(1),
                           .acting_owner = rows[0].Get<std::optional<MemberId>>(2)};
}

absl::StatusOr<std::optional<Membership>> GetMembership(postgres::Work& work, CommunityId id,
                                                        MemberId member) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kGetMembership, id, member));
  if (rows.empty()) return std::nullopt;
  return Membership{member, static_cast<Role>(rows[0].Get<std::int32_t>(0)),
                    rows[0].Get<absl::Time>(1)};
}

void InsertMembership(postgres::Work& work, CommunityId id, const Membership& membership) {
  work.Defer(sql::kInsertMembership, id, membership.member, Number(membership.role),
             membership.create_time);
}

void UpdateMembership(postgres::Work& work, CommunityId id, const Membership& membership) {
  work.Defer(sql::kUpdateMembership, id, membership.member, Number(membership.role));
}

void DeleteMembership(postgres::Work& work, CommunityId id, MemberId member) {
  work.Defer(sql::kDeleteMembership, id, member);
}

}  // namespace guildhall::directory
