#include "services/directory/api/writing.h"

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "guildhall/change/v1/change.pb.h"
#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "libs/feeds/access_changes.h"
#include "services/directory/api/convert.h"
#include "services/directory/store/community_writes.h"
#include "services/directory/store/sanction_store.h"

namespace guildhall::directory {
namespace {

using changelog::Change;

// Adds `kind` of each community below one, of which a member has more in `some` than in `others`.
void AddWhereMore(int kind, CommunityId above, const std::vector<Sight>& some,
                  const std::vector<Sight>& others, MemberId member, std::vector<Change>& changes) {
  absl::flat_hash_map<CommunityId, Extent> known;
  for (const Sight& other : others) known[other.community] = other.now;
  for (const Sight& each : some) {
    if (each.community == above || each.now <= known[each.community]) continue;
    changes.push_back({.kind = kind, .key = each.community.uuid(), .resource = member.uuid()});
  }
}

// Writes a membership by `write` and tells of it by `kind`. If rights in the communities below come
// or go by that, tells of which the member sees more or less, too. All at once: keys are taken in
// order.
absl::Status WriteMembership(postgres::Work& work, int kind, CommunityId community, MemberId member,
                             bool rights_below, absl::FunctionRef<void()> write) {
  std::vector<Change> changes{{.kind = kind, .key = community.uuid(), .resource = member.uuid()}};
  if (rights_below) {
    GUILDHALL_ASSIGN(const auto before, ReadSightBelow(work, community, member));
    write();
    GUILDHALL_ASSIGN(const auto after, ReadSightBelow(work, community, member));
    AddWhereMore(change::v1::KIND_COMMUNITY_HIDDEN_FROM_MEMBER, community, before, after, member,
                 changes);
    AddWhereMore(change::v1::KIND_COMMUNITY_SHOWN_TO_MEMBER, community, after, before, member,
                 changes);
  } else {
    write();
  }
  changelog::Append(work, changes);
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
                    .banned = locked->community.banned,
                    .archived = locked->community.community.archived,
                    .muted = locked->community.muted}};
  const access::Demand demand{.permission = call.grant().permission(), .community = id};
  GUILDHALL_TRY(access::Authorizer::Judge(demand, call.caller(), facts).status());
  return locked->community;
}

absl::StatusOr<std::optional<LockedCommunity>> LockParent(postgres::Work& work,
                                                          const rpc::Call& call) {
  GUILDHALL_ASSIGN(const std::optional<CommunityId> parent,
                   ReadParent(work, *call.grant().community()));
  if (!parent) return std::nullopt;
  GUILDHALL_ASSIGN(const auto locked, LockCommunity(work, *parent, call.grant().member()));
  if (!locked) return std::nullopt;
  return locked->community;
}

Rank RankIn(const LockedCommunity& locked, const rpc::Call& call) {
  return RankOf(call.grant().viewer().affiliation(), locked.community.profile, locked.role,
                locked.owns_ancestor);
}

absl::Status CheckRoomForAnother(postgres::Work& work, MemberId member) {
  GUILDHALL_ASSIGN(const StandingToTakeIn standing, HoldForAnother(work, member));
  return CheckRoom(standing.communities);
}

absl::StatusOr<StandingToTakeIn> HoldForAnother(postgres::Work& work, MemberId member) {
  return GetStandingToTakeIn(work, member);
}

void AppendChange(postgres::Work& work, int kind, const Community& community) {
  changelog::Append(work, {.kind = kind,
                           .key = community.id.uuid(),
                           .resource = community.id.uuid(),
                           .version = community.version});
}

void AppendUpdate(postgres::Work& work, const Member& member) {
  changelog::Append(work, {.kind = change::v1::KIND_MEMBER_UPDATED,
                           .key = member.id.uuid(),
                           .resource = member.id.uuid(),
                           .version = member.version});
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
  return WriteMembership(work, change::v1::KIND_MEMBERSHIP_DELETED, community, member,
                         role == Role::kOwner, [&] { DeleteMembership(work, community, member); });
}

absl::Status ChangeRole(postgres::Work& work, CommunityId community, Membership& membership,
                        Role role) {
  const bool rights_below = membership.role == Role::kOwner || role == Role::kOwner;
  membership.role = role;
  return WriteMembership(work, change::v1::KIND_MEMBERSHIP_UPDATED, community, membership.member,
                         rights_below, [&] { UpdateMembership(work, community, membership); });
}

}  // namespace guildhall::directory
