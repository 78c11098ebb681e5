#include "services/directory/domain/community.h"

#include "absl/strings/str_cat.h"
#include "guildhall/directory/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/status_macros.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

// The enums are ordered: visibility from wide to narrow, admission from narrow to wide.
bool IsWider(Visibility a, Visibility b) { return a < b; }
bool IsWider(Admits a, Admits b) { return a > b; }

bool IsWider(const CommunityProfile& child, const CommunityProfile& parent) {
  return IsWider(child.visibility, parent.visibility) || IsWider(child.admits, parent.admits);
}

absl::Status WiderThanParent() {
  return Refusal(reasons::kWiderThanParent,
                 "A sub-community may not be open to more people than its parent.");
}

// How much somebody who does not belong to it sees: 0 nothing, 1 that it is there, 2 what is
// written there, too.
int SeenBy(Affiliation affiliation, const CommunityProfile& profile) {
  return IsAdmitted(affiliation, profile)
             ? static_cast<int>(Visibility::kSecret) - static_cast<int>(profile.visibility)
             : 0;
}

}  // namespace

bool IsAdmitted(Affiliation affiliation, const CommunityProfile& profile) {
  return affiliation == Affiliation::kEmployee ||
         (affiliation == Affiliation::kExternal && profile.admits == Admits::kEveryone);
}

absl::Status TidyCommunityProfile(CommunityProfile& profile) {
  GUILDHALL_ASSIGN(profile.display_name,
                   TidyText("community.display_name", profile.display_name, kDisplayName));
  GUILDHALL_ASSIGN(profile.description,
                   TidyText("community.description", profile.description, kDescription));
  GUILDHALL_ASSIGN(profile.location, TidyText("community.location", profile.location, kLocation));
  return absl::OkStatus();
}

absl::Status CheckNesting(const LockedCommunity& parent, const CommunityProfile& child) {
  if (static_cast<int>(parent.ancestors.size()) >= kMaxAncestors) {
    return Refusal(reasons::kNestedTooDeep, "Communities nest at most 5 deep.");
  }
  if (IsWider(child, parent.community.profile)) return WiderThanParent();
  return absl::OkStatus();
}

absl::Status CheckWidth(const CommunityProfile& profile,
                        const std::optional<CommunityProfile>& parent,
                        const std::optional<WidestChild>& widest_child) {
  if (parent && IsWider(profile, *parent)) return WiderThanParent();
  if (widest_child && (IsWider(widest_child->visibility, profile.visibility) ||
                       IsWider(widest_child->admits, profile.admits))) {
    return Refusal(reasons::kNarrowerThanChild,
                   "A sub-community is open to more people than this would be.");
  }
  return absl::OkStatus();
}

absl::Status CheckMembersAdmitted(const CommunityProfile& profile, bool has_externals) {
  if (!has_externals || IsAdmitted(Affiliation::kExternal, profile)) return absl::OkStatus();
  return Refusal(reasons::kExternalsBelong,
                 "Externals belong to the community, and would go on reading in it.");
}

absl::Status CheckFounding(Affiliation founder, const CommunityProfile& profile) {
  if (IsAdmitted(founder, profile)) return absl::OkStatus();
  return Refusal(reasons::kNotAdmitted, "The community would not admit who founds it.");
}

absl::Status CheckRestoring(const std::optional<LockedCommunity>& parent) {
  if (!parent || !parent->community.archived) return absl::OkStatus();
  return Refusal(reasons::kParentArchived, "A community above is archived.");
}

ReachChange CompareReach(const CommunityProfile& before, const CommunityProfile& after) {
  const int employees =
      SeenBy(Affiliation::kEmployee, after) - SeenBy(Affiliation::kEmployee, before);
  const int externals =
      SeenBy(Affiliation::kExternal, after) - SeenBy(Affiliation::kExternal, before);
  using Lost = ReachChange::Lost;
  return {.lost = externals < 0   ? Lost::kEveryone
                  : employees < 0 ? Lost::kEmployees
                                  : Lost::kNobody,
          .widened = employees > 0 || externals > 0};
}

absl::Status CheckJoining(Visibility visibility, Rank rank) {
  if (visibility == Visibility::kOpen || rank == Rank::kOwnerAbove) return absl::OkStatus();
  return Refusal(reasons::kJoinByRequest, "The community takes members by request.");
}

absl::Status CheckLeaving(Role role, int other_owners) {
  if (role != Role::kOwner || other_owners > 0) return absl::OkStatus();
  return Refusal(reasons::kLastOwner, "The last owner cannot go.");
}

absl::Status CheckRoom(int communities) {
  if (communities < kMaxCommunitiesPerMember) return absl::OkStatus();
  return Refusal(reasons::kTooManyCommunities, "A member has room for no more communities.")
      .With("limit", absl::StrCat(kMaxCommunitiesPerMember));
}

absl::Status CheckChangingRole(Rank giver, const RoleChange& change, int other_owners) {
  const bool lowers_own = change.by == RoleChange::By::kItself && change.to <= change.from;
  if (giver < Rank::kOwner && !lowers_own) {
    return Refusal(policy::reasons::kNotPermitted, "Only owners give roles to others.");
  }
  return change.to == Role::kOwner ? absl::OkStatus() : CheckLeaving(change.from, other_owners);
}

Rank RankOf(Affiliation affiliation, const CommunityProfile& profile, Role role,
            bool owns_ancestor) {
  return owns_ancestor && IsAdmitted(affiliation, profile) ? Rank::kOwnerAbove
                                                           : static_cast<Rank>(role);
}

absl::Status CheckRemoving(Rank remover, Role role, int other_owners) {
  if (remover < Rank::kOwner && static_cast<Rank>(role) >= Rank::kModerator) {
    return Refusal(policy::reasons::kNotPermitted, "Only owners may remove moderators and owners.");
  }
  return CheckLeaving(role, other_owners);
}

}  // namespace guildhall::directory
