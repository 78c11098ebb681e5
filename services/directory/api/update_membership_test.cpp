// Who gives whom which role, and what becomes of it.
#include "services/directory/api/bans_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using policy::reasons::kFieldInvalid;
using policy::reasons::kNotFound;
using policy::reasons::kNotPermitted;

struct Fixture : BansFixture {
  v1::UpdateMembershipRequest Giving(MemberId id, v1::Role role,
                                     const std::string& request_id = NewRequestId()) {
    v1::UpdateMembershipRequest request;
    request.mutable_membership()->set_name(resources::MembershipName(bakers, id));
    request.mutable_membership()->set_role(role);
    request.mutable_update_mask()->add_paths("role");
    request.set_request_id(request_id);
    return request;
  }
  absl::StatusOr<v1::Membership> Send(const v1::UpdateMembershipRequest& request) {
    return Call(Permission::kMembershipEdit, UpdateMembership, request, bakers);
  }
  absl::Status Give(MemberId id, v1::Role role) { return Send(Giving(id, role)).status(); }
};

TEST_CASE_METHOD(Fixture, "an owner gives any role to whoever belongs, once for a request id") {
  const std::string id = NewRequestId();
  const auto given = Send(Giving(member, v1::ROLE_MODERATOR, id));
  REQUIRE(given.ok());
  CHECK(held());
  CHECK(given->name() == resources::MembershipName(bakers, member));
  CHECK(given->role() == v1::ROLE_MODERATOR);
  CHECK(RolesOf(member) == "- 2 -");
  REQUIRE(Give(member, v1::ROLE_OWNER).ok());
  REQUIRE(Send(Giving(member, v1::ROLE_MODERATOR, id)).ok());
  CHECK(RolesOf(member) == "- 3 -");
  CHECK(ToldOf(member) == "30 Bakers, 30 Bakers");
  CHECK(CountsOfMembers() == "1 4 1");
}

TEST_CASE_METHOD(Fixture, "an owner of a community above gives roles, too, and nobody else") {
  As(above);
  REQUIRE(Give(member, v1::ROLE_OWNER).ok());
  for (const MemberId caller : {moderator, other}) {
    As(caller);
    CHECK(Is(Give(caller, v1::ROLE_OWNER), kNotPermitted));
  }
  CHECK(RolesOf(moderator) == "- 2 -");
}

TEST_CASE_METHOD(Fixture, "who hands over makes an owner first and steps down then") {
  REQUIRE(Give(second, v1::ROLE_MEMBER).ok());
  CHECK(Is(Give(owner, v1::ROLE_MODERATOR), reasons::kLastOwner));
  REQUIRE(Give(moderator, v1::ROLE_OWNER).ok());
  REQUIRE(Give(owner, v1::ROLE_MEMBER).ok());
  CHECK(RolesOf(owner) == "- 1 3");
  CHECK(Is(Give(moderator, v1::ROLE_MEMBER), kNotPermitted));
}

TEST_CASE_METHOD(Fixture, "whoever steps down is answered as before when it repeats the call") {
  const std::string id = NewRequestId();
  const auto stepping_down = Giving(owner, v1::ROLE_MEMBER, id);
  REQUIRE(Send(stepping_down).ok());
  const auto repeated = Send(stepping_down);
  REQUIRE(repeated.ok());
  CHECK(repeated->role() == v1::ROLE_MEMBER);
  CHECK(Is(Give(owner, v1::ROLE_OWNER), kNotPermitted));
  CHECK(ToldOf(owner) == "30 Bakers");
}

TEST_CASE_METHOD(Fixture, "a moderator steps down by itself, and lowers nobody else") {
  As(moderator);
  CHECK(Is(Give(second, v1::ROLE_MEMBER), kNotPermitted));
  REQUIRE(Give(moderator, v1::ROLE_MEMBER).ok());
  CHECK(RolesOf(moderator) == "- 1 -");
  CHECK(Is(Give(moderator, v1::ROLE_MODERATOR), kNotPermitted));
}

TEST_CASE_METHOD(Fixture, "the role that somebody has is given without effect") {
  REQUIRE(Give(member, v1::ROLE_MEMBER).ok());
  REQUIRE(Give(owner, v1::ROLE_OWNER).ok());
  CHECK(Noted().empty());
  CHECK(ToldOf(member).empty());
}

TEST_CASE_METHOD(Fixture, "a role is given to who belongs, by the mask") {
  CHECK(Is(Give(other, v1::ROLE_OWNER), kNotFound));
  CHECK(Is(Give(member, v1::ROLE_UNSPECIFIED), kFieldInvalid));
  auto request = Giving(member, v1::ROLE_OWNER);
  request.mutable_update_mask()->set_paths(0, "member");
  CHECK(Is(Send(request).status(), kFieldInvalid));
  request.clear_update_mask();
  CHECK(Is(Send(request).status(), kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "an owner is noted with all communities, a moderator with one") {
  REQUIRE(Give(member, v1::ROLE_MODERATOR).ok());
  REQUIRE(Give(member, v1::ROLE_OWNER).ok());
  REQUIRE(Give(member, v1::ROLE_MEMBER).ok());
  const std::string id = member.ToString();
  CHECK(Noted() == "4 " + id + ", 2 " + id + ", 2 " + id);
}

TEST_CASE_METHOD(Fixture, "owning shows SECRET communities below, and hides them again") {
  Run("UPDATE communities SET visibility = 3 WHERE display_name = 'Rye'");
  REQUIRE(Give(member, v1::ROLE_OWNER).ok());
  CHECK(ToldOf(member) == "30 Bakers, 21 Rye");
  REQUIRE(Give(member, v1::ROLE_MEMBER).ok());
  CHECK(ToldOf(member) == "30 Bakers, 21 Rye, 30 Bakers, 20 Rye");
  // Who belongs to it goes on to see it.
  REQUIRE(Give(second, v1::ROLE_MEMBER).ok());
  CHECK(ToldOf(second) == "30 Bakers, 20 Rye");
  AddMembership(rye, second);
  REQUIRE(Give(second, v1::ROLE_OWNER).ok());
  CHECK(ToldOf(second) == "30 Bakers, 20 Rye, 30 Bakers");
}

TEST_CASE_METHOD(Fixture,
                 "owning shows who belongs to CLOSED communities below, and hides it again") {
  Run("UPDATE communities SET visibility = 2 WHERE display_name = 'Rye'");
  REQUIRE(Give(member, v1::ROLE_OWNER).ok());
  CHECK(ToldOf(member) == "30 Bakers, 21 Rye");
  REQUIRE(Give(member, v1::ROLE_MODERATOR).ok());
  CHECK(ToldOf(member) == "30 Bakers, 21 Rye, 30 Bakers, 20 Rye");
}

TEST_CASE_METHOD(Fixture, "of two owners who depose each other at once one stays") {
  const auto deposing = [&](MemberId caller, MemberId deposed) {
    As(caller);
    return LetIn(Permission::kMembershipEdit, UpdateMembership, Giving(deposed, v1::ROLE_MEMBER),
                 bakers);
  };
  const auto [one, other] = AtOnce(deposing(owner, second), deposing(second, owner));
  CHECK(one.ok() != other.ok());
  CHECK(Is(one.ok() ? other : one, kNotPermitted));
}

}  // namespace
}  // namespace guildhall::directory
