#include <algorithm>
#include <iterator>

#include "absl/container/flat_hash_set.h"
#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "libs/feeds/access_changes.h"
#include "libs/idempotency/once.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/sanctioning.h"
#include "services/directory/api/writing.h"
#include "services/directory/store/community_writes.h"
#include "services/directory/store/proposal_changes.h"

namespace guildhall::directory {
namespace {

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
  GUILDHALL_ASSIGN(const Sanction ban, SanctionFrom(SanctionKind::kBan, call, request.ban()));
  const CommunityId id = *call.grant().community();
  directory.access.SettleBefore(call);
  // Members are counted anew in whatever the ban covers, which only the transaction knows.
  const Touch touch(directory, {kAnyCommunity});
  return idempotency::Once<v1::Ban>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Ban> {
        GUILDHALL_ASSIGN(const Covered covered, EnterToSanction(work, call, ban));
        GUILDHALL_ASSIGN(const auto sight, ReadSightBelow(work, id, ban.member));
        InsertSanction(work, id, ban);
        GUILDHALL_ASSIGN(const auto ended, DeleteProposalsBelow(work, id, ban.member));
        std::vector<changelog::Change> changes = EndAll(work, covered, sight, ban.member);
        std::ranges::move(ChangesOf(ProposalEvent::kDeleted, ended), std::back_inserter(changes));
        changelog::Append(work, changes);
        feeds::NoteAccessChange(work, feeds::AccessChange::Of(ban.member));
        return ToBan(id, ban);
      });
}

}  // namespace guildhall::directory
