#include "services/directory/api/writing.h"

#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
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

// Those that a member sees among the communities below one, in their order.
absl::StatusOr<std::vector<CommunityId>> SeenBelow(postgres::Work& work, CommunityId community,
                                                   MemberId member) {
  GUILDHALL_ASSIGN(const auto sight, ReadSightBelow(work, community, member));
  std::vector<CommunityId> seen;
  for (const Sight& each : sight) {
    if (each.now && each.community != community) seen.push_back(each.community);
  }
  return seen;
}

// Tells of those among `some` that are none of `others`.
void TellOthers(postgres::Work& work, int kind, const std::vector<CommunityId>& some,
                const std::vector<CommunityId>& others, MemberId member) {
  const absl::flat_hash_set<CommunityId> known(others.begin(), others.end());
  for (const CommunityId each : some) {
    if (!known.contains(each)) AppendChange(work, kind, each, member);
  }
}

// Writes a membership by `write`. If rights in the communities below come or go by that, tells
// what comes into the member's sight and what goes out of it.
absl::Status WriteMembership(postgres::Work& work, CommunityId community, MemberId member,
                             bool rights_below, absl::FunctionRef<void()> write) {
  std::vector<CommunityId> before, after;
  if (rights_below) {
    GUILDHALL_ASSIGN(before, SeenBelow(work, community, member));
  }
  write();
  if (rights_below) {
    GUILDHALL_ASSIGN(after, SeenBelow(work, community, member));
    TellOthers(work, change::v1::KIND_COMMUNITY_HIDDEN_FROM_MEMBER, before, after, member);
    TellOthers(work, change::v1::KIND_COMMUNITY_SHOWN_TO_MEMBER, after, before, member);
  }
  feeds::NoteAccessChange(work, rights_below ? feeds::AccessChange::Of(member)
                                             : feeds::AccessChange::Of(member, community));
  return absl::OkStatus();
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
  GUILDHALL_ASSIGN(const bool has_room, HoldForAnother(work, member));
  return CheckRoom(has_room);
}

absl::StatusOr<bool> HoldForAnother(postgres::Work& work, MemberId member) {
  GUILDHALL_ASSIGN(const int count, CountMemberships(work, member));
  return count < kMaxCommunitiesPerMember;
}

absl::Status CheckRoom(bool has_room) {
  if (has_room) return absl::OkStatus();
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

void BeginMembership(postgres::Work& work, CommunityId community, const Membership& membership) {
  InsertMembership(work, community, membership);
  AppendChange(work, change::v1::KIND_MEMBERSHIP_CREATED, community, membership.member);
  feeds::NoteAccessChange(work, feeds::AccessChange::Of(membership.member, community));
}

absl::Status EndMembership(postgres::Work& work, CommunityId community, MemberId member,
                           Role role) {
  return WriteMembership(work, community, member, role == Role::kOwner, [&] {
    DeleteMembership(work, community, member);
    AppendChange(work, change::v1::KIND_MEMBERSHIP_DELETED, community, member);
  });
}

absl::Status ChangeRole(postgres::Work& work, CommunityId community, Membership& membership,
                        Role role) {
  const bool rights_below = membership.role == Role::kOwner || role == Role::kOwner;
  membership.role = role;
  return WriteMembership(work, community, membership.member, rights_below, [&] {
    UpdateMembership(work, community, membership);
    AppendChange(work, change::v1::KIND_MEMBERSHIP_UPDATED, community, membership.member);
  });
}

}  // namespace guildhall::directory
