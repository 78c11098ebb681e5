// Two who write about one request or invitation at once: one is first, and the other finds that
// out.
#include "services/directory/api/proposals_fixture.h"
#include "services/directory/workers/proposal_ender.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using policy::reasons::kNotFound;

constexpr int kRounds = 5;

struct Fixture : ProposalsFixture {
  // Nobody belongs, nobody is banned, nothing waits.
  void StartAnew() {
    Run("DELETE FROM bans; DELETE FROM proposals; DELETE FROM memberships WHERE member_id = '" +
        guest.ToString() + "'");
    As(guest);
  }
  std::function<absl::Status()> Approving(MemberId caller) {
    As(caller);
    return Writing(Permission::kMembershipAdmit, ApproveJoinRequest, JoinRequest());
  }
};

// One of the two is done, and the other one finds nothing to do.
void CheckOneOf(const absl::Status& one, const absl::Status& other) {
  CHECK(one.ok() != other.ok());
  CHECK(Is(one.ok() ? other : one, kNotFound));
}

TEST_CASE_METHOD(Fixture, "a request that is withdrawn and approved at once is one of the two") {
  for (int round = 0; round < kRounds; ++round) {
    StartAnew();
    REQUIRE(AskToJoin().ok());
    const auto withdrawal = Writing(Permission::kOwn, DeleteJoinRequest, JoinRequest());
    const auto [withdrawn, approved] = AtOnce(withdrawal, Approving(owner));
    CheckOneOf(withdrawn, approved);
    CHECK(RoleOfGuest() == (approved.ok() ? "1" : ""));
    CHECK(Standing().empty());
  }
}

TEST_CASE_METHOD(Fixture, "a request that two approve at once is one membership") {
  for (int round = 0; round < kRounds; ++round) {
    StartAnew();
    REQUIRE(AskToJoin().ok());
    const auto [one, other] = AtOnce(Approving(owner), Approving(moderator));
    CheckOneOf(one, other);
    CHECK(RoleOfGuest() == "1");
    CHECK(Standing().empty());
  }
}

TEST_CASE_METHOD(Fixture, "a request that is approved beside a ban makes no member of the banned") {
  for (int round = 0; round < kRounds; ++round) {
    StartAnew();
    REQUIRE(AskToJoin().ok());
    As(owner);
    v1::CreateBanRequest request;
    request.set_parent(resources::Name(bakers));
    request.mutable_ban()->set_member(resources::Name(guest));
    request.set_request_id(NewRequestId());
    const auto ban = LetIn(Permission::kCommunityModerate, CreateBan, request, bakers);
    const auto [approved, banned] = AtOnce(Approving(moderator), ban);
    CHECK(banned.ok());
    CHECK((approved.ok() || Is(approved, kNotFound)));
    CHECK(RoleOfGuest().empty());
    CHECK(Standing().empty());
  }
}

TEST_CASE_METHOD(Fixture,
                 "an invitation that is accepted and taken back at once is one of the two") {
  for (int round = 0; round < kRounds; ++round) {
    StartAnew();
    As(owner);
    REQUIRE(Invite().ok());
    const auto taking = Writing(Permission::kCommunityModerate, DeleteInvitation, Invitation());
    As(guest);
    const auto [taken, accepted] =
        AtOnce(taking, Writing(Permission::kOwn, AcceptInvitation, Invitation()));
    CheckOneOf(taken, accepted);
    CHECK(RoleOfGuest() == (accepted.ok() ? "1" : ""));
    CHECK(Standing().empty());
  }
}

TEST_CASE_METHOD(Fixture, "an invitation that is declined as it ends is one of the two") {
  ProposalEnder ender(**this);
  for (int round = 0; round < kRounds; ++round) {
    StartAnew();
    As(owner);
    REQUIRE(Invite().ok());
    Run("UPDATE proposals SET expire_time = now()");
    As(guest);
    const auto end = [&] { return ender.RunOnce(absl::Now()).status(); };
    const auto [declined, ended] =
        AtOnce(Writing(Permission::kOwn, DeclineInvitation, Invitation()), end);
    CHECK(ended.ok());
    CHECK((declined.ok() || Is(declined, kNotFound)));
    CHECK(Standing() == (declined.ok() ? "2 2" : ""));
  }
}

}  // namespace
}  // namespace guildhall::directory
