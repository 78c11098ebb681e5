#include <catch2/catch.hpp>

#include "services/identity/api/identity_fixture.h"

namespace guildhall::identity {
namespace {

TEST_CASE("sessions are listed newest first, the calling one marked, ended ones left out") {
  TestIdentity world;
  Visitor laptop = world.Ada();
  Visitor phone{.address = "2001:db8:1:2::3", .user_agent = "phone"};
  world.clock.Advance(absl::Minutes(1));
  REQUIRE(world.SignIn(phone).ok());
  auto listed = world.AsMember(ListSessions, v1::ListSessionsRequest(), laptop);
  REQUIRE(listed->sessions_size() == 2);
  CHECK(listed->sessions(0).user_agent() == "phone");
  CHECK(listed->sessions(0).address_prefix() == "2001:db8:1::/48");
  CHECK_FALSE(listed->sessions(0).current());
  CHECK(listed->sessions(1).current());

  REQUIRE(world.AsMember(SignOut, v1::SignOutRequest(), phone).ok());
  listed = world.AsMember(ListSessions, v1::ListSessionsRequest(), laptop);
  CHECK(listed->sessions_size() == 1);
}

TEST_CASE("nobody is shown another's sessions") {
  TestIdentity world;
  Visitor ada = world.Ada();
  Visitor eve;
  REQUIRE(world.SignUp(eve, "eve@example.org").ok());
  REQUIRE(world.SignIn(eve, "eve@example.org").ok());
  CHECK(world.AsMember(ListSessions, v1::ListSessionsRequest(), eve)->sessions_size() == 1);
}

}  // namespace
}  // namespace guildhall::identity
