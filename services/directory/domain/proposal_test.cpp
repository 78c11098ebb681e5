#include "services/directory/domain/proposal.h"

#include <catch2/catch.hpp>

#include "guildhall/directory/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::directory {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

CommunityProfile Profile(Admits admits) {
  return {.display_name = "Bakers", .visibility = Visibility::kSecret, .admits = admits};
}

TEST_CASE("a proposal says why in up to 500 characters and stands for 30 days") {
  const auto made = NewProposal({.message = " I bake.\n", .create_time = kNow}, "message");
  REQUIRE(made.ok());
  CHECK(made->message == "I bake.");
  CHECK(made->state == ProposalState::kPending);
  CHECK(made->expire_time == kNow + absl::Hours(30 * 24));
  CHECK(Is(NewProposal({.message = std::string(501, 'x')}, "message").status(),
           policy::reasons::kFieldInvalid));
}

TEST_CASE("a CLOSED community is asked, an OPEN one joined, and neither by who belongs") {
  CHECK(CheckRequesting(Visibility::kClosed, Role::kNone, Rank::kNone).ok());
  CHECK(Is(CheckRequesting(Visibility::kOpen, Role::kNone, Rank::kNone),
           reasons::kJoinWithoutRequest));
  for (const Role role : {Role::kMember, Role::kModerator, Role::kOwner}) {
    CHECK(Is(CheckRequesting(Visibility::kClosed, role, static_cast<Rank>(role)),
             reasons::kAlreadyMember));
  }
}

TEST_CASE("an owner of a community above joins without asking") {
  for (const auto visibility : {Visibility::kOpen, Visibility::kClosed, Visibility::kSecret}) {
    CHECK(Is(CheckRequesting(visibility, Role::kNone, Rank::kOwnerAbove),
             reasons::kJoinWithoutRequest));
  }
}

TEST_CASE("a member asks 50 communities at once and no more") {
  CHECK(CheckRoomForRequest(49).ok());
  const absl::Status full = CheckRoomForRequest(50);
  REQUIRE(Is(full, reasons::kTooManyJoinRequests));
  CHECK(DetailsOf(full)->metadata ==
        std::vector<std::pair<std::string, std::string>>{{"limit", "50"}});
}

TEST_CASE("whoever is admitted, does not belong, is not suspended and not banned may be invited") {
  const CommunityProfile employees = Profile(Admits::kEmployees);
  CHECK(CheckInviting(employees, {.affiliation = Affiliation::kEmployee}).ok());
  CHECK(CheckInviting(Profile(Admits::kEveryone), {.affiliation = Affiliation::kExternal}).ok());
  CHECK(
      Is(CheckInviting(employees, {.affiliation = Affiliation::kExternal}), reasons::kNotAdmitted));
  CHECK(Is(CheckInviting(employees, {.affiliation = Affiliation::kEmployee, .belongs = true}),
           reasons::kAlreadyMember));
  CHECK(Is(CheckInviting(employees, {.affiliation = Affiliation::kEmployee, .suspended = true}),
           reasons::kMemberSuspended));
  CHECK(Is(
      CheckInviting(employees, {.affiliation = Affiliation::kEmployee, .known_to_be_banned = true}),
      reasons::kMemberBanned));
}

TEST_CASE("a community has room for 500 invitations, and 100 wait for a member") {
  const auto inviting = [](int of_community, int of_member) {
    return CheckInviting(Profile(Admits::kEmployees), {.affiliation = Affiliation::kEmployee,
                                                       .invitations_of_community = of_community,
                                                       .invitations_of_member = of_member});
  };
  CHECK(inviting(499, 99).ok());
  CHECK(Is(inviting(500, 99), reasons::kTooManyInvitations));
  CHECK(Is(inviting(499, 100), reasons::kMemberHasTooManyInvitations));
  // Who is refused is told how many may be.
  using Told = std::vector<std::pair<std::string, std::string>>;
  CHECK(DetailsOf(inviting(500, 99))->metadata == Told{{"limit", "500"}});
  CHECK(DetailsOf(inviting(499, 100))->metadata == Told{{"limit", "100"}});
}

TEST_CASE("whose account is suspended is not taken in, and its request waits for its return") {
  CHECK(CheckTakingIn({}).ok());
  CHECK(Is(CheckTakingIn({.suspended = true}), reasons::kMemberSuspended));
}

TEST_CASE("nobody is taken into more than 1,000 communities") {
  CHECK(CheckTakingIn({.communities = 999}).ok());
  CHECK(Is(CheckTakingIn({.communities = 1000}), reasons::kTooManyCommunities));
}

TEST_CASE("what waits is not made again, and what was declined not until it expires") {
  CHECK(CheckMaking(std::nullopt).ok());
  Proposal standing{.create_time = kNow, .expire_time = kNow + absl::Hours(1)};
  CHECK(Is(CheckMaking(standing), reasons::kAlreadyPending));
  CHECK(CheckWaiting(standing).ok());
  Decline(standing, kNow + absl::Minutes(1));
  CHECK(standing.expire_time == kNow + absl::Minutes(1) + absl::Hours(30 * 24));
  CHECK(Is(CheckMaking(standing), reasons::kDeclinedBefore));
  CHECK(Is(CheckWaiting(standing), reasons::kDeclinedBefore));
}

}  // namespace
}  // namespace guildhall::directory
