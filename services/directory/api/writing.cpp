#include "services/directory/api/writing.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "guildhall/change/v1/change.pb.h"
#include "guildhall/directory/v1/reasons.h"
#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "libs/feeds/access_changes.h"
#include "services/directory/api/convert.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/ban_store.h"
#include "services/directory/store/community_writes.h"

namespace guildhall::directory {
namespace {

absl::StatusOr<absl::flat_hash_set<CommunityId>> SeenBelow(postgres::Work& work,
                                                           CommunityId community, MemberId member) {
  GUILDHALL_ASSIGN(const auto sight, ReadSightBelow(work, community, member));
  absl::flat_hash_set<CommunityId> seen;
  for (const Sight& each : sight) {
    if (each.now) seen.insert(each.community);
  }
  return seen;
}

}  // namespace

absl::StatusOr<LockedCommunity> LockPermitted(postgres::Work& work, const rpc::Call& call,
                                              CommunityId id) {
  GUILDHALL_ASSIGN(const std::optional<Locked> locked,
                   LockCommunity(work, id, call.grant().member()));
  if (!locked) return access::NotFound();
  const CommunityProfile& profile = locked->community.community.profile;
  const access::Answer facts{
      // The session was found alive when the call came in; whoever ends it waits for no lock here.
      .subject = {.session_live = true, .affiliation = locked->affiliation},
      .community = {.exists = true,
                    .visibility = profile.visibility,
                    .admits = profile.admits,
                    .role = locked->community.role,
                    .owns_ancestor = locked->community.owns_ancestor,
                    .banned = locked->community.banned}};
  const access::Demand demand{.permission = call.grant().permission(), .community = id};
  GUILDHALL_TRY(access::Authorizer::Judge(demand, call.caller(), facts).status());
  return locked->community;
}

Rank RankIn(const LockedCommunity& locked, const rpc::Call& call) {
  return RankOf(call.grant().viewer().affiliation(), locked.community.profile, locked.role,
                locked.owns_ancestor);
}

absl::Status CheckRoomForAnother(postgres::Work& work, MemberId member) {
  GUILDHALL_ASSIGN(const int count, CountMemberships(work, member));
  if (count < kMaxCommunitiesPerMember) return absl::OkStatus();
  return Refusal(reasons::kTooManyCommunities, "A member has room for no more communities.")
      .With("limit", absl::StrCat(kMaxCommunitiesPerMember));
}

void AppendChange(postgres::Work& work, int kind, const Community& community) {
  changelog::Append(work, {.kind = kind,
                           .key = community.id.uuid(),
                           .resource = community.id.uuid(),
                           .version = community.version});
}

void AppendChange(postgres::Work& work, int kind, CommunityId community, MemberId member) {
  changelog::Append(work, {.kind = kind, .key = community.uuid(), .resource = member.uuid()});
}

absl::Status EndMembership(postgres::Work& work, CommunityId community, MemberId member,
                           Role role) {
  // An owner has rights in the communities below, too.
  const bool rights_below = role == Role::kOwner;
  std::vector<Sight> before;
  if (rights_below) {
    GUILDHALL_ASSIGN(before, ReadSightBelow(work, community, member));
  }
  DeleteMembership(work, community, member);
  AppendChange(work, change::v1::KIND_MEMBERSHIP_DELETED, community, member);
  if (rights_below) {
    GUILDHALL_ASSIGN(const auto still, SeenBelow(work, community, member));
    for (const Sight& seen : before) {
      if (!seen.now || seen.community == community || still.contains(seen.community)) continue;
      AppendChange(work, change::v1::KIND_COMMUNITY_HIDDEN_FROM_MEMBER, seen.community, member);
    }
  }
  feeds::NoteAccessChange(work, rights_below ? feeds::AccessChange::Of(member)
                                             : feeds::AccessChange::Of(member, community));
  return absl::OkStatus();
}

}  // namespace guildhall::directory
