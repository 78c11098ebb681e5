// How somebody comes into a community by invitation, a SECRET one above all.
#include "libs/base/status_macros.h"
#include "services/directory/api/proposals_fixture.h"
#include "services/directory/store/community_writes.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using policy::reasons::kNotFound;
using policy::reasons::kNotPermitted;

struct Fixture : ProposalsFixture {
  Fixture() {
    Run("UPDATE communities SET visibility = 3, description = 'We bake.' "
        "WHERE display_name = 'Bakers'");
    As(owner);
  }
  std::vector<v1::MyInvitation> Mine() {
    const auto response = Call(Permission::kOwn, ListMyInvitations, v1::ListMyInvitationsRequest());
    REQUIRE(response.ok());
    return {response->invitations().begin(), response->invitations().end()};
  }
  int Listed(v1::ProposalState state) {
    v1::ListInvitationsRequest request;
    request.set_state(state);
    const auto response = Call(Permission::kCommunityModerate, ListInvitations, request, bakers);
    REQUIRE(response.ok());
    return response->invitations_size();
  }
  absl::Status Get() {
    return Call(Permission::kCommunityRead, GetCommunity, v1::GetCommunityRequest(), bakers)
        .status();
  }
};

TEST_CASE_METHOD(Fixture, "the invitation says what it is into, and nothing else of it is seen") {
  const auto made = InviteWhom(guest);
  REQUIRE(made.ok());
  CHECK(made->name() == Invitation());
  CHECK(made->creator() == resources::Name(owner));
  As(guest);
  REQUIRE(Mine().size() == 1);
  CHECK(Mine()[0].invitation().message() == "Bake with us.");
  CHECK(Mine()[0].display_name() == "Bakers");
  CHECK(Mine()[0].description() == "We bake.");
  CHECK(Mine()[0].kind() == v1::COMMUNITY_KIND_PRACTICE);
  CHECK(Is(Get(), kNotFound));
  CHECK(Is(Join(), kNotFound));
  CHECK(Ask("SELECT count(*) FROM access_changes") == "0");
}

TEST_CASE_METHOD(Fixture, "whoever was not invited waits for nobody who writes there") {
  As(guest);
  const absl::Status written =
      (**this).Transact(context(), [&](postgres::Work& work) -> absl::Status {
        GUILDHALL_TRY(LockCommunity(work, bakers, owner).status());
        CHECK(Is(Accept().status(), kNotFound));
        return absl::OkStatus();
      });
  CHECK(written.ok());
}

TEST_CASE_METHOD(Fixture, "whoever accepts is a member") {
  REQUIRE(Invite().ok());
  As(guest);
  const auto accepted = Accept();
  REQUIRE(accepted.ok());
  CHECK(held());
  CHECK(accepted->role() == v1::ROLE_MEMBER);
  CHECK(Get().ok());
  CHECK(Mine().empty());
  CHECK(Standing().empty());
  CHECK(Told() == "34,5");
  CHECK(Ask("SELECT kind FROM access_changes") == "4");
  CHECK(Is(Accept().status(), kNotFound));
}

TEST_CASE_METHOD(Fixture, "nobody comes into an archived community by an invitation, either") {
  REQUIRE(Invite().ok());
  Run("UPDATE communities SET archived = true WHERE display_name = 'Bakers'");
  CHECK(Is(InviteWhom(member).status(), policy::reasons::kCommunityArchived));
  As(guest);
  CHECK(Is(Accept().status(), policy::reasons::kCommunityArchived));
  CHECK(DeclineInvited().ok());
}

TEST_CASE_METHOD(Fixture, "an invitation is answered by who is invited alone") {
  REQUIRE(Invite().ok());
  for (const MemberId caller : {member, owner, above}) {
    As(caller);
    CHECK(Is(Accept().status(), kNotFound));
    CHECK(Is(DeclineInvited(), kNotFound));
  }
  CHECK(Standing() == "2 1");
}

TEST_CASE_METHOD(Fixture, "whoever declined is not invited anew until that has expired") {
  REQUIRE(Invite().ok());
  As(guest);
  REQUIRE(DeclineInvited().ok());
  CHECK(Mine().empty());
  CHECK(Is(Accept().status(), reasons::kDeclinedBefore));
  As(owner);
  CHECK(Listed(v1::PROPOSAL_STATE_PENDING) == 0);
  CHECK(Listed(v1::PROPOSAL_STATE_DECLINED) == 1);
  CHECK(Is(TakeBack(), reasons::kDeclinedBefore));
  CHECK(Is(Invite(), reasons::kDeclinedBefore));
  CHECK(Told() == "34,35");
}

TEST_CASE_METHOD(Fixture, "an invitation that was taken back is none any more") {
  REQUIRE(Invite().ok());
  CHECK(Is(Invite(), reasons::kAlreadyPending));
  As(moderator);
  REQUIRE(TakeBack().ok());
  As(guest);
  CHECK(Mine().empty());
  CHECK(Is(Accept().status(), kNotFound));
  CHECK(Told() == "34,36");
}

TEST_CASE_METHOD(Fixture, "who keeps order there invites, from above too, and nobody else") {
  As(member);
  CHECK(Is(Invite(), kNotPermitted));
  As(guest);
  CHECK(Is(Invite(), kNotFound));
  As(moderator);
  REQUIRE(Invite().ok());
  REQUIRE(TakeBack().ok());
  As(above);
  CHECK(Invite().ok());
}

TEST_CASE_METHOD(Fixture, "nobody is invited who belongs, is banned or is not admitted") {
  const MemberId customer = AddMember("Carla", Affiliation::kExternal);
  CHECK(Is(InviteWhom(member).status(), reasons::kAlreadyMember));
  CHECK(
      Is(InviteWhom(MemberId(NewUuidV7(SystemClock().Now(), SystemRandom()))).status(), kNotFound));
  CHECK(InviteWhom(customer).ok());
  REQUIRE(Edit(v1::VISIBILITY_SECRET, v1::ADMITS_EMPLOYEES).ok());
  CHECK(Standing().empty());
  CHECK(Is(InviteWhom(customer).status(), reasons::kNotAdmitted));
  As(above);
  REQUIRE(Ban(guild).ok());
  CHECK(Is(Invite(), reasons::kMemberBanned));
}

TEST_CASE_METHOD(Fixture, "a ban ends an invitation") {
  REQUIRE(Invite().ok());
  REQUIRE(Ban(bakers).ok());
  As(guest);
  CHECK(Mine().empty());
  CHECK(Is(Accept().status(), kNotFound));
  CHECK(RoleOfGuest().empty());
}

TEST_CASE_METHOD(Fixture,
                 "a ban from above changes nothing for who invites below and may not know of it") {
  As(above);
  REQUIRE(Ban(guild).ok());
  As(owner);
  REQUIRE(Invite().ok());
  CHECK(Listed(v1::PROPOSAL_STATE_PENDING) == 1);
  CHECK(Is(Invite(), reasons::kAlreadyPending));
  As(guest);
  CHECK(Mine().empty());
  CHECK(Is(Accept().status(), kNotFound));
  CHECK(Is(DeclineInvited(), kNotFound));
  Run("DELETE FROM bans");
  CHECK(Mine().size() == 1);
  CHECK(Accept().ok());
}

TEST_CASE_METHOD(Fixture, "an invitation waits while the member is banned from above") {
  REQUIRE(Invite().ok());
  As(above);
  REQUIRE(Ban(guild).ok());
  As(owner);
  CHECK(Listed(v1::PROPOSAL_STATE_PENDING) == 1);
  As(guest);
  CHECK(Mine().empty());
  CHECK(Is(Accept().status(), kNotFound));
  CHECK(Told() == "34,20");
  As(owner);
  CHECK(TakeBack().ok());
}

TEST_CASE_METHOD(Fixture, "what waits unseen makes no page shorter") {
  AddCommunity("Choir");
  Run("INSERT INTO proposals (community_id, member_id, kind, creator_id, create_time, expire_time) "
      "SELECT id, '" +
      guest.ToString() + "', 2, '" + guest.ToString() +
      "', now() - interval '1 minute', now() FROM communities WHERE display_name = 'Choir'");
  REQUIRE(Invite().ok());
  As(above);
  REQUIRE(Ban(guild).ok());
  As(guest);
  v1::ListMyInvitationsRequest request;
  request.set_page_size(1);
  const auto page = Call(Permission::kOwn, ListMyInvitations, request);
  REQUIRE(page->invitations_size() == 1);
  CHECK(page->invitations(0).display_name() == "Choir");
  CHECK(page->next_page_token().empty());
}

TEST_CASE_METHOD(Fixture, "a community has room for so many invitations") {
  Run("INSERT INTO members (id, display_name, affiliation, create_time) "
      "SELECT gen_random_uuid(), 'Many', 1, now() FROM generate_series(1, 500);"
      "INSERT INTO proposals (community_id, member_id, kind, state, creator_id, create_time, "
      "expire_time) SELECT '" +
      bakers.ToString() + "', id, 2, 2, id, now(), now() FROM members WHERE display_name = 'Many'");
  CHECK(Is(Invite(), reasons::kTooManyInvitations));
  Run("DELETE FROM proposals WHERE member_id = (SELECT member_id FROM proposals LIMIT 1)");
  CHECK(Invite().ok());
}

TEST_CASE_METHOD(Fixture, "so many invitations wait for a member, and who declines makes room") {
  Run("INSERT INTO communities (id, display_name, kind, visibility, admits, create_time) "
      "SELECT gen_random_uuid(), 'C' || n, 1, 3, 1, now() FROM generate_series(1, 100) n;"
      "INSERT INTO proposals (community_id, member_id, kind, creator_id, create_time, expire_time) "
      "SELECT id, '" +
      guest.ToString() + "', 2, '" + guest.ToString() +
      "', now(), now() FROM communities WHERE display_name LIKE 'C%'");
  CHECK(Is(Invite(), reasons::kMemberHasTooManyInvitations));
  Run("UPDATE proposals SET state = 2 WHERE community_id = (SELECT min(community_id::text)::uuid "
      "FROM proposals)");
  CHECK(Invite().ok());
}

TEST_CASE_METHOD(Fixture, "a request does not stand in the way of an invitation") {
  Run("UPDATE communities SET visibility = 2 WHERE display_name = 'Bakers'");
  As(guest);
  REQUIRE(AskToJoin().ok());
  As(owner);
  REQUIRE(DeclineRequest().ok());
  REQUIRE(Invite().ok());
  As(guest);
  REQUIRE(Accept().ok());
  CHECK(Standing().empty());
}

}  // namespace
}  // namespace guildhall::directory
