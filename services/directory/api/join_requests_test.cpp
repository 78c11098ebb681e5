// How somebody comes into a CLOSED community: asked, and answered by those who keep order there.
#include "services/directory/api/proposals_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using policy::reasons::kFieldInvalid;
using policy::reasons::kNotFound;
using policy::reasons::kNotPermitted;

struct Fixture : ProposalsFixture {
  std::vector<std::string> Listed(v1::ProposalState state = v1::PROPOSAL_STATE_UNSPECIFIED) {
    v1::ListJoinRequestsRequest request;
    request.set_parent(resources::Name(bakers));
    request.set_state(state);
    return MembersOf(Call(Permission::kCommunityModerate, ListJoinRequests, request, bakers));
  }
  std::vector<std::string> Mine() {
    return MembersOf(Call(Permission::kOwn, ListMyJoinRequests, v1::ListMyJoinRequestsRequest()));
  }
  template <typename Response>
  static std::vector<std::string> MembersOf(const absl::StatusOr<Response>& response) {
    REQUIRE(response.ok());
    std::vector<std::string> members;
    for (const auto& each : response->join_requests()) members.push_back(each.member());
    return members;
  }
  const std::vector<std::string> gus{resources::Name(guest)}, nobody;
};

TEST_CASE_METHOD(Fixture, "a CLOSED community is asked, and its moderator takes the guest in") {
  CHECK(Is(Join(), reasons::kJoinByRequest));
  const auto asked = AskToJoin();
  REQUIRE(asked.ok());
  CHECK(asked->name() == JoinRequest());
  CHECK(asked->message() == "I bake.");
  CHECK(asked->state() == v1::PROPOSAL_STATE_PENDING);
  CHECK(asked->expire_time().seconds() - asked->create_time().seconds() == 30 * 24 * 3600);
  CHECK(Mine() == gus);
  As(moderator);
  CHECK(Listed() == gus);
  const auto approved = Approve();
  REQUIRE(approved.ok());
  CHECK(held());
  CHECK(approved->role() == v1::ROLE_MEMBER);
  CHECK(RoleOfGuest() == "1");
  CHECK(Listed() == nobody);
  CHECK(Told() == "31,5");
  CHECK(Ask("SELECT member_count FROM communities WHERE display_name = 'Bakers'") == "4");
  CHECK(Ask("SELECT kind FROM access_changes") == "4");
}

TEST_CASE_METHOD(Fixture, "a pending request gives no right") {
  REQUIRE(AskToJoin().ok());
  v1::ListMembershipsRequest request;
  request.set_parent(resources::Name(bakers));
  CHECK(Is(Call(Permission::kMembershipList, ListMemberships, request, bakers).status(),
           kNotPermitted));
  CHECK(Is(Join(), reasons::kJoinByRequest));
  CHECK(Is(Approve().status(), kNotPermitted));
  CHECK(Ask("SELECT count(*) FROM access_changes") == "0");
}

TEST_CASE_METHOD(Fixture, "only who keeps order there hears who asks, and answers") {
  REQUIRE(AskToJoin().ok());
  for (const MemberId caller : {member, guest}) {
    As(caller);
    v1::ListJoinRequestsRequest request;
    CHECK(Is(Call(Permission::kCommunityModerate, ListJoinRequests, request, bakers).status(),
             kNotPermitted));
    CHECK(Is(DeclineRequest(), kNotPermitted));
  }
  As(above);
  CHECK(Listed() == gus);
  CHECK(Approve().ok());
}

TEST_CASE_METHOD(Fixture, "who was declined sees it and asks anew when the request has expired") {
  REQUIRE(AskToJoin().ok());
  As(owner);
  REQUIRE(DeclineRequest().ok());
  CHECK(Listed() == nobody);
  CHECK(Listed(v1::PROPOSAL_STATE_DECLINED) == gus);
  CHECK(Is(Approve().status(), reasons::kDeclinedBefore));
  As(guest);
  CHECK(Mine() == gus);
  CHECK(Is(AskToJoin().status(), reasons::kDeclinedBefore));
  CHECK(Is(Withdraw(), reasons::kDeclinedBefore));
  CHECK(Told() == "31,32");
  Run("DELETE FROM proposals");
  CHECK(AskToJoin().ok());
}

TEST_CASE_METHOD(Fixture, "who was declined reads why, if who keeps order says it") {
  REQUIRE(AskToJoin().ok());
  As(owner);
  auto request = Named<v1::DeclineJoinRequestRequest>(JoinRequest());
  request.set_reason(std::string(501, 'x'));
  const auto decline = [&] {
    return Write(Permission::kCommunityModerate, DeclineJoinRequest, request);
  };
  CHECK(Is(decline().status(), policy::reasons::kFieldInvalid));
  request.set_reason(" We bake on Mondays only. ");
  CHECK(decline()->decline_reason() == "We bake on Mondays only.");
  v1::ListJoinRequestsRequest declined;
  declined.set_state(v1::PROPOSAL_STATE_DECLINED);
  const auto kept = Call(Permission::kCommunityModerate, ListJoinRequests, declined, bakers);
  CHECK(kept->join_requests(0).decline_reason() == "We bake on Mondays only.");
  As(guest);
  const auto mine = Call(Permission::kOwn, ListMyJoinRequests, v1::ListMyJoinRequestsRequest());
  CHECK(mine->join_requests(0).decline_reason() == "We bake on Mondays only.");
}

TEST_CASE_METHOD(Fixture, "a request is withdrawn by who made it") {
  REQUIRE(AskToJoin().ok());
  As(member);
  CHECK(Is(Withdraw(), kNotFound));
  As(guest);
  REQUIRE(Withdraw().ok());
  CHECK(Standing().empty());
  CHECK(Is(Withdraw(), kNotFound));
  CHECK(Told() == "31,33");
  As(owner);
  CHECK(Is(Approve().status(), kNotFound));
}

TEST_CASE_METHOD(Fixture, "one asks once, and where one may not join without asking") {
  const std::string id = NewRequestId();
  REQUIRE(AskToJoin(id).ok());
  CHECK(AskToJoin(id).ok());
  CHECK(Is(AskToJoin().status(), reasons::kAlreadyPending));
  As(member);
  CHECK(Is(AskToJoin().status(), reasons::kAlreadyMember));
  As(above);
  CHECK(Is(AskToJoin().status(), reasons::kJoinWithoutRequest));
  Run("UPDATE communities SET visibility = 1");
  As(guest);
  CHECK(Is(AskToJoin().status(), reasons::kJoinWithoutRequest));
  Run("UPDATE communities SET visibility = 3");
  CHECK(Is(AskToJoin().status(), kNotFound));
}

TEST_CASE_METHOD(Fixture, "an owner of a community above joins without asking") {
  As(above);
  CHECK(Join().ok());
}

TEST_CASE_METHOD(Fixture, "a member has room for so many requests") {
  Run("INSERT INTO communities (id, display_name, kind, visibility, admits, create_time) "
      "SELECT gen_random_uuid(), 'C' || n, 1, 2, 1, now() FROM generate_series(1, 50) n;"
      "INSERT INTO proposals (community_id, member_id, kind, creator_id, create_time, expire_time) "
      "SELECT id, '" +
      guest.ToString() + "', 1, '" + guest.ToString() +
      "', now(), now() "
      "FROM communities WHERE display_name LIKE 'C%'");
  CHECK(Is(AskToJoin().status(), reasons::kTooManyJoinRequests));
}

TEST_CASE_METHOD(Fixture, "an approved guest with as many communities as there may be waits") {
  REQUIRE(AskToJoin().ok());
  Run("INSERT INTO communities (id, display_name, kind, visibility, admits, create_time) "
      "SELECT gen_random_uuid(), 'C' || n, 1, 2, 1, now() FROM generate_series(1, 1000) n;"
      "INSERT INTO memberships SELECT id, '" +
      guest.ToString() +
      "', 1, now() "
      "FROM communities WHERE display_name LIKE 'C%'");
  As(owner);
  CHECK(Is(Approve().status(), reasons::kTooManyCommunities));
  CHECK(Standing() == "1 1");
}

TEST_CASE_METHOD(Fixture, "a ban ends a request, from the community or from one above it") {
  for (const CommunityId from : {bakers, guild}) {
    As(guest);
    REQUIRE(AskToJoin().ok());
    As(from == bakers ? owner : above);
    REQUIRE(Ban(from).ok());
    CHECK(Standing().empty());
    CHECK(Is(Approve().status(), kNotFound));
    As(guest);
    CHECK(Mine() == nobody);
    CHECK(Is(AskToJoin().status(), kNotFound));
    Run("DELETE FROM bans");
  }
  CHECK(Told() == "31,20,33,31,20,20,33");
}

TEST_CASE_METHOD(Fixture, "a community that turns SECRET forgets who asked") {
  REQUIRE(AskToJoin().ok());
  As(owner);
  REQUIRE(Edit(v1::VISIBILITY_SECRET, v1::ADMITS_EVERYONE).ok());
  CHECK(Standing().empty());
}

TEST_CASE_METHOD(Fixture, "a community that turns OPEN is joined, and the request is over") {
  REQUIRE(AskToJoin().ok());
  Run("UPDATE communities SET visibility = 1");
  REQUIRE(Join().ok());
  CHECK(Standing().empty());
}

TEST_CASE_METHOD(Fixture, "requests are listed in pages, the oldest first") {
  std::vector<std::string> asked;
  for (int i = 0; i < 5; ++i) {
    const MemberId each = AddMember("Guest");
    As(each);
    REQUIRE(AskToJoin().ok());
    asked.push_back(resources::Name(each));
  }
  As(owner);
  std::vector<std::string> found;
  v1::ListJoinRequestsRequest request;
  request.set_page_size(2);
  do {
    const auto page = Call(Permission::kCommunityModerate, ListJoinRequests, request, bakers);
    for (const std::string& each : MembersOf(page)) found.push_back(each);
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  CHECK(found == asked);
  request.set_state(static_cast<v1::ProposalState>(9));
  CHECK(Is(Call(Permission::kCommunityModerate, ListJoinRequests, request, bakers).status(),
           kFieldInvalid));
}

}  // namespace
}  // namespace guildhall::directory
