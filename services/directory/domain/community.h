#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"
#include "libs/base/standing.h"

namespace guildhall::directory {

// What a community is for; the numbers are those of the contract and of the tables.
enum class Kind { kPractice = 1, kInterest, kProject, kLocation, kCustomer };

// What a community says of itself and who may see it.
struct CommunityProfile {
  std::string display_name;
  std::string description;
  // Where its members are, or empty.
  std::string location;
  Visibility visibility = Visibility::kOpen;
  Admits admits = Admits::kEmployees;
};

// A group of members.
struct Community {
  CommunityId id;
  std::optional<CommunityId> parent;
  CommunityProfile profile;
  Kind kind = Kind::kPractice;
  int member_count = 0;
  std::int64_t version = 1;
  absl::Time create_time;
  // Whether it rests: it or one above it was archived.
  bool archived = false;
  // Its own mark, which outlasts that of one above.
  std::optional<absl::Time> archive_time;
};

// A community as a write finds it under its lock.
struct LockedCommunity {
  Community community;
  // From the top of the tree down to the parent.
  std::vector<CommunityId> ancestors;
  // Of the one who writes.
  Role role = Role::kNone;
  bool owns_ancestor = false;
  bool banned = false;
  bool muted = false;
};

// How wide the communities right below one are.
struct WidestChild {
  Visibility visibility;
  Admits admits;
};

// Brings the texts into the form in which they are kept. Fails with: FIELD_INVALID.
absl::Status TidyCommunityProfile(CommunityProfile& profile);

// OK when a community like `child` may stand below `parent`: not too deep, and open to nobody to
// whom the parent is not. Fails with: NESTED_TOO_DEEP, WIDER_THAN_PARENT.
absl::Status CheckNesting(const LockedCommunity& parent, const CommunityProfile& child);

// OK when the edited `profile` fits between what stands above and below.
// Fails with: WIDER_THAN_PARENT, NARROWER_THAN_CHILD.
absl::Status CheckWidth(const CommunityProfile& profile,
                        const std::optional<CommunityProfile>& parent,
                        const std::optional<WidestChild>& widest_child);

// OK when everybody who belongs to a community is of those whom it admits; `has_externals` says
// whether an external belongs to it. Fails with: EXTERNALS_BELONG.
absl::Status CheckMembersAdmitted(const CommunityProfile& profile, bool has_externals);

// OK when whoever founds a community like `profile` is of those whom it admits.
// Fails with: NOT_ADMITTED.
absl::Status CheckFounding(Affiliation founder, const CommunityProfile& profile);

// OK when a community may be restored below `parent`. Fails with: PARENT_ARCHIVED.
absl::Status CheckRestoring(const std::optional<LockedCommunity>& parent);

// What an edit means to those who do not belong to a community.
struct ReachChange {
  enum class Lost { kNobody, kEmployees, kEveryone };
  // Among whom are all who see less of it than before, or nothing any more; all of these could see
  // it.
  Lost lost = Lost::kNobody;
  // Whether somebody sees more of it.
  bool widened = false;
};
ReachChange CompareReach(const CommunityProfile& before, const CommunityProfile& after);

// Whether a community like `profile` takes members of this affiliation.
bool IsAdmitted(Affiliation affiliation, const CommunityProfile& profile);

// OK when whoever has `role` may go, beside `other_owners` who have an account that is not
// suspended: an owner always has another one behind it who can act. Fails with: LAST_OWNER.
absl::Status CheckLeaving(Role role, int other_owners);

// OK when a member of so many communities may belong to one more. Fails with: TOO_MANY_COMMUNITIES.
absl::Status CheckRoom(int communities);

// How far somebody stands above others in a community, from low to high.
enum class Rank { kNone, kMember, kModerator, kOwner, kOwnerAbove };

// A role that somebody is given.
struct RoleChange {
  enum class By { kAnother, kItself };
  By by = By::kAnother;
  Role from = Role::kMember;
  Role to = Role::kMember;
};
// OK when somebody of rank `giver` may change a role, beside `other_owners` as above: owners give
// any, everybody else may lower its own. Fails with: NOT_PERMITTED, LAST_OWNER.
absl::Status CheckChangingRole(Rank giver, const RoleChange& change, int other_owners);

// The rank of somebody with `role` in a community like `profile`. Owning a community above counts
// where the community admits the member, as in libs/access/decide.cpp.
Rank RankOf(Affiliation affiliation, const CommunityProfile& profile, Role role,
            bool owns_ancestor);

// OK when somebody of this rank may become a member without being asked: everybody in an OPEN
// community; in the others an owner of one above, who joins under the eyes of the members to read
// what is written there. Fails with: JOIN_BY_REQUEST.
absl::Status CheckJoining(Visibility visibility, Rank rank);

// OK when somebody of rank `remover` may end the membership of whoever has `role`, beside
// `other_owners` as above. Fails with: NOT_PERMITTED, LAST_OWNER.
absl::Status CheckRemoving(Rank remover, Role role, int other_owners);

}  // namespace guildhall::directory
