#include "services/directory/domain/community.h"

#include <catch2/catch.hpp>

#include "guildhall/directory/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"

namespace guildhall::directory {
namespace {

constexpr auto kOpen = Visibility::kOpen;
constexpr auto kClosed = Visibility::kClosed;
constexpr auto kSecret = Visibility::kSecret;
constexpr auto kEmployees = Admits::kEmployees;
constexpr auto kEveryone = Admits::kEveryone;

CommunityProfile Profile(Visibility visibility, Admits admits) {
  return {.display_name = "Bakers", .visibility = visibility, .admits = admits};
}

LockedCommunity Parent(Visibility visibility, Admits admits, int ancestors = 0) {
  LockedCommunity parent;
  parent.community.profile = Profile(visibility, admits);
  parent.ancestors.resize(ancestors);
  return parent;
}

TEST_CASE("a community has a name, in one line and without hidden characters") {
  CommunityProfile profile = Profile(kOpen, kEmployees);
  profile.display_name = " Bakers\u00A0United ";
  REQUIRE(TidyCommunityProfile(profile).ok());
  CHECK(profile.display_name == "Bakers United");
  for (const char* bad : {" ", "Bakers\u202E", "Ba\u200Bkers"}) {
    profile.display_name = bad;
    CHECK(Is(TidyCommunityProfile(profile), policy::reasons::kFieldInvalid));
  }
}

TEST_CASE("where a community is, it says in one line, and need not say") {
  CommunityProfile profile = Profile(kOpen, kEmployees);
  profile.location = " Porto ";
  REQUIRE(TidyCommunityProfile(profile).ok());
  CHECK(profile.location == "Porto");
  profile.location = "Porto\nLisbon";
  CHECK(Is(TidyCommunityProfile(profile), policy::reasons::kFieldInvalid));
}

TEST_CASE("a community takes 100 characters of name and of location, and 2,000 of description") {
  const auto takes = [](std::string CommunityProfile::*text, int length) {
    CommunityProfile profile = Profile(kOpen, kEmployees);
    profile.*text = std::string(length, 'x');
    return TidyCommunityProfile(profile).ok();
  };
  using Texts = std::vector<std::pair<std::string CommunityProfile::*, int>>;
  for (const auto& [text, most] : Texts{{&CommunityProfile::display_name, 100},
                                        {&CommunityProfile::description, 2000},
                                        {&CommunityProfile::location, 100}}) {
    CHECK(takes(text, most));
    CHECK_FALSE(takes(text, most + 1));
  }
}

TEST_CASE("a sub-community is never open to more people than its parent") {
  CHECK(CheckNesting(Parent(kOpen, kEveryone), Profile(kSecret, kEmployees)).ok());
  CHECK(CheckNesting(Parent(kClosed, kEmployees), Profile(kClosed, kEmployees)).ok());
  CHECK(Is(CheckNesting(Parent(kClosed, kEveryone), Profile(kOpen, kEveryone)),
           reasons::kWiderThanParent));
  CHECK(Is(CheckNesting(Parent(kOpen, kEmployees), Profile(kOpen, kEveryone)),
           reasons::kWiderThanParent));
}

TEST_CASE("communities nest five deep and no deeper") {
  CHECK(CheckNesting(Parent(kOpen, kEmployees, 3), Profile(kOpen, kEmployees)).ok());
  CHECK(Is(CheckNesting(Parent(kOpen, kEmployees, 4), Profile(kOpen, kEmployees)),
           reasons::kNestedTooDeep));
}

TEST_CASE("an edited community fits between its parent and its children") {
  const CommunityProfile closed = Profile(kClosed, kEmployees);
  CHECK(CheckWidth(closed, std::nullopt, std::nullopt).ok());
  CHECK(CheckWidth(closed, Profile(kOpen, kEmployees), WidestChild{kSecret, kEmployees}).ok());
  CHECK(Is(CheckWidth(closed, Profile(kSecret, kEmployees), std::nullopt),
           reasons::kWiderThanParent));
  CHECK(Is(CheckWidth(closed, std::nullopt, WidestChild{kOpen, kEmployees}),
           reasons::kNarrowerThanChild));
  CHECK(Is(CheckWidth(closed, std::nullopt, WidestChild{kClosed, kEveryone}),
           reasons::kNarrowerThanChild));
}

TEST_CASE("a community is closed to externals once none belongs to it") {
  CHECK(CheckMembersAdmitted(Profile(kOpen, kEmployees), false).ok());
  CHECK(CheckMembersAdmitted(Profile(kOpen, kEveryone), true).ok());
  CHECK(Is(CheckMembersAdmitted(Profile(kOpen, kEmployees), true), reasons::kExternalsBelong));
}

TEST_CASE("nobody founds what does not admit it") {
  CHECK(CheckFounding(Affiliation::kEmployee, Profile(kOpen, kEmployees)).ok());
  CHECK(CheckFounding(Affiliation::kExternal, Profile(kSecret, kEveryone)).ok());
  CHECK(
      Is(CheckFounding(Affiliation::kExternal, Profile(kOpen, kEmployees)), reasons::kNotAdmitted));
}

TEST_CASE("only an open community is joined without being asked") {
  CHECK(CheckJoining(kOpen, Rank::kNone).ok());
  CHECK(Is(CheckJoining(kClosed, Rank::kNone), reasons::kJoinByRequest));
  CHECK(Is(CheckJoining(kSecret, Rank::kNone), reasons::kJoinByRequest));
}

TEST_CASE("an owner of a community above joins what is below to read it") {
  for (const Visibility visibility : {kOpen, kClosed, kSecret}) {
    CHECK(CheckJoining(visibility, Rank::kOwnerAbove).ok());
  }
}

TEST_CASE("the last owner stays") {
  CHECK(CheckLeaving(Role::kOwner, 1).ok());
  CHECK(CheckLeaving(Role::kModerator, 0).ok());
  CHECK(Is(CheckLeaving(Role::kOwner, 0), reasons::kLastOwner));
}

TEST_CASE("a member belongs to 1,000 communities and to no more") {
  CHECK(CheckRoom(999).ok());
  const absl::Status full = CheckRoom(1000);
  REQUIRE(Is(full, reasons::kTooManyCommunities));
  CHECK(DetailsOf(full)->metadata ==
        std::vector<std::pair<std::string, std::string>>{{"limit", "1000"}});
}

TEST_CASE("moderators remove plain members, owners anybody but the last owner") {
  CHECK(CheckRemoving(Rank::kModerator, Role::kMember, 0).ok());
  CHECK(Is(CheckRemoving(Rank::kModerator, Role::kModerator, 0), policy::reasons::kNotPermitted));
  CHECK(Is(CheckRemoving(Rank::kModerator, Role::kOwner, 0), policy::reasons::kNotPermitted));
  for (const Rank rank : {Rank::kOwner, Rank::kOwnerAbove}) {
    CHECK(CheckRemoving(rank, Role::kMember, 0).ok());
    CHECK(CheckRemoving(rank, Role::kModerator, 0).ok());
    CHECK(CheckRemoving(rank, Role::kOwner, 1).ok());
    CHECK(Is(CheckRemoving(rank, Role::kOwner, 0), reasons::kLastOwner));
  }
}

TEST_CASE("owning a community above ranks highest, where the community admits") {
  const CommunityProfile employees = Profile(kOpen, kEmployees), all = Profile(kOpen, kEveryone);
  const auto external = Affiliation::kExternal;
  CHECK(RankOf(Affiliation::kEmployee, employees, Role::kNone, true) == Rank::kOwnerAbove);
  CHECK(RankOf(Affiliation::kEmployee, employees, Role::kModerator, false) == Rank::kModerator);
  CHECK(RankOf(external, employees, Role::kModerator, true) == Rank::kModerator);
  CHECK(RankOf(external, all, Role::kMember, true) == Rank::kOwnerAbove);
}

TEST_CASE("an edit narrows or widens a community for those who do not belong to it") {
  using Lost = ReachChange::Lost;
  const auto compare = [](CommunityProfile before, CommunityProfile after) {
    return CompareReach(before, after);
  };
  const CommunityProfile open = Profile(kOpen, kEmployees), closed = Profile(kClosed, kEmployees),
                         secret = Profile(kSecret, kEmployees), all = Profile(kOpen, kEveryone);
  CHECK(compare(open, open).lost == Lost::kNobody);
  CHECK_FALSE(compare(open, open).widened);
  CHECK(compare(open, closed).lost == Lost::kEmployees);
  CHECK(compare(closed, secret).lost == Lost::kEmployees);
  CHECK(compare(all, secret).lost == Lost::kEveryone);
  CHECK(compare(all, open).lost == Lost::kEveryone);
  CHECK_FALSE(compare(all, open).widened);
  CHECK(compare(secret, closed).widened);
  CHECK(compare(open, all).widened);
  // Closed to outsiders and at once opened to everybody.
  const ReachChange both = compare(open, Profile(kClosed, kEveryone));
  CHECK(both.lost == Lost::kEmployees);
  CHECK(both.widened);
  CHECK(compare(Profile(kSecret, kEveryone), secret).lost == Lost::kNobody);
}

TEST_CASE("what is below an archived community is not restored before it") {
  LockedCommunity parent;
  CHECK(CheckRestoring(std::nullopt).ok());
  CHECK(CheckRestoring(parent).ok());
  parent.community.archived = true;
  CHECK(Is(CheckRestoring(parent), reasons::kParentArchived));
}

TEST_CASE("an owner takes another role only when there is another owner") {
  const auto change = [](Role from, Role to, int other_owners) {
    return CheckChangingRole(Rank::kOwner, {.from = from, .to = to}, other_owners);
  };
  for (const Role to : {Role::kMember, Role::kModerator}) {
    CHECK(Is(change(Role::kOwner, to, 0), reasons::kLastOwner));
    CHECK(change(Role::kOwner, to, 1).ok());
    CHECK(change(Role::kMember, to, 0).ok());
  }
  CHECK(change(Role::kOwner, Role::kOwner, 0).ok());
  CHECK(change(Role::kMember, Role::kOwner, 0).ok());
}

TEST_CASE("owners give roles, everybody else lowers its own") {
  using By = RoleChange::By;
  const auto change = [](Rank giver, By by, Role from, Role to) {
    return CheckChangingRole(giver, {by, from, to}, 1);
  };
  for (const Rank giver : {Rank::kNone, Rank::kMember, Rank::kModerator}) {
    CHECK(change(giver, By::kItself, Role::kModerator, Role::kMember).ok());
    CHECK(change(giver, By::kItself, Role::kMember, Role::kMember).ok());
    CHECK(Is(change(giver, By::kItself, Role::kMember, Role::kModerator),
             policy::reasons::kNotPermitted));
    CHECK(Is(change(giver, By::kAnother, Role::kModerator, Role::kMember),
             policy::reasons::kNotPermitted));
  }
  for (const Rank giver : {Rank::kOwner, Rank::kOwnerAbove}) {
    CHECK(change(giver, By::kAnother, Role::kMember, Role::kOwner).ok());
  }
}

}  // namespace
}  // namespace guildhall::directory
