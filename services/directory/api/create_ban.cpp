#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "guildhall/change/v1/change.pb.h"
#include "guildhall/directory/v1/reasons.h"
#include "libs/access/authorizer.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "libs/feeds/access_changes.h"
#include "libs/idempotency/once.h"
#include "libs/resources/names.h"
#include "libs/rpc/times.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/writing.h"
#include "services/directory/store/ban_store.h"
#include "services/directory/store/community_writes.h"
#include "services/directory/store/proposal_changes.h"

namespace guildhall::directory {
namespace {

absl::StatusOr<Ban> BanFrom(const rpc::Call& call, const v1::Ban& asked) {
  Ban ban{.reason = asked.reason(), .creator = call.grant().member(), .create_time = call.now()};
  GUILDHALL_ASSIGN(ban.member, resources::ParseMember("ban.member", asked.member()));
  if (asked.has_expire_time()) {
    GUILDHALL_ASSIGN(ban.expire_time, rpc::TimeFrom("ban.expire_time", asked.expire_time()));
  }
  GUILDHALL_TRY(TidyBan(ban));
  return ban;
}

StandingToBan StandingIn(const Covered& covered, const Community& community,
                         Affiliation affiliation) {
  Role role = Role::kNone;
  StandingToBan standing;
  for (const CoveredMembership& membership : covered.memberships) {
    if (membership.community == community.id) role = membership.role;
    standing.highest_role = std::max(standing.highest_role, membership.role);
    standing.last_owner |= membership.last_owner;
  }
  standing.rank = RankOf(affiliation, community.profile, role, covered.owns_ancestor);
  return standing;
}

// Ends the memberships; answers what is to be told of them and of what else goes out of sight.
std::vector<changelog::Change> EndAll(postgres::Work& work, const Covered& covered,
                                      const std::vector<Sight>& sight, MemberId member) {
  std::vector<changelog::Change> changes;
  const auto tell = [&](int kind, CommunityId community) {
    changes.push_back({.kind = kind, .key = community.uuid(), .resource = member.uuid()});
  };
  absl::flat_hash_set<CommunityId> left;
  for (const CoveredMembership& membership : covered.memberships) {
    left.insert(membership.community);
    DeleteMembership(work, membership.community, member);
    tell(change::v1::KIND_MEMBERSHIP_DELETED, membership.community);
  }
  for (const Sight& seen : sight) {
    if (left.contains(seen.community)) continue;
    tell(change::v1::KIND_COMMUNITY_HIDDEN_FROM_MEMBER, seen.community);
  }
  return changes;
}

}  // namespace

absl::StatusOr<v1::Ban> CreateBan(Directory& directory, const rpc::Call& call,
                                  const v1::CreateBanRequest& request) {
  GUILDHALL_ASSIGN(const Ban ban, BanFrom(call, request.ban()));
  const CommunityId id = *call.grant().community();
  directory.access.SettleBefore(call);
  // Members are counted anew in whatever the ban covers, which only the transaction knows.
  const Touch touch(directory, {kAnyCommunity});
  return idempotency::Once<v1::Ban>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Ban> {
        GUILDHALL_TRY(CheckEnd(ban));
        GUILDHALL_ASSIGN(const auto affiliation,
                         HoldMemberInSight(work, call.grant().viewer(), ban.member));
        GUILDHALL_ASSIGN(const LockedCommunity locked, LockPermitted(work, call, id));
        if (!affiliation) return access::NotFound();
        GUILDHALL_ASSIGN(const Covered covered, LockCovered(work, id, ban.member));
        GUILDHALL_TRY(CheckBanning(RankIn(locked, call),
                                   StandingIn(covered, locked.community, *affiliation)));
        if (covered.banned) {
          return Refusal(reasons::kAlreadyBanned, "The member is banned from this community.");
        }
        GUILDHALL_ASSIGN(const auto sight, ReadSightBelow(work, id, ban.member));
        InsertBan(work, id, ban);
        GUILDHALL_ASSIGN(const auto ended, DeleteProposalsBelow(work, id, ban.member));
        std::vector<changelog::Change> changes = EndAll(work, covered, sight, ban.member);
        std::ranges::move(ChangesOf(ProposalEvent::kDeleted, ended), std::back_inserter(changes));
        changelog::Append(work, changes);
        feeds::NoteAccessChange(work, feeds::AccessChange::Of(ban.member));
        return ToProto(id, ban);
      });
}

}  // namespace guildhall::directory
