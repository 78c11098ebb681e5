#include <catch2/catch.hpp>

#include "services/identity/api/identity_fixture.h"

namespace guildhall::identity {
namespace {

TEST_CASE("an account is shown to itself") {
  TestIdentity world;
  Visitor ada = world.Ada();
  const auto account = world.AsMember(GetMe, v1::GetMeRequest(), ada);
  REQUIRE(account.ok());
  CHECK(account->email() == kAdasEmail);
  CHECK(account->display_name() == "Ada");
  CHECK(account->member() == resources::Name(ada.caller.member));
}

TEST_CASE("a token whose session is another member's opens nothing") {
  TestIdentity world;
  Visitor ada = world.Ada();
  Visitor eve;
  REQUIRE(world.SignUp(eve, "eve@example.org").ok());
  REQUIRE(world.SignIn(eve, "eve@example.org").ok());
  eve.caller.member = ada.caller.member;
  CHECK(
      Is(world.AsMember(GetMe, v1::GetMeRequest(), eve).status(), policy::reasons::kSessionEnded));
  eve.caller.session = SessionId();
  CHECK(
      Is(world.AsMember(GetMe, v1::GetMeRequest(), eve).status(), policy::reasons::kSessionEnded));
}

}  // namespace
}  // namespace guildhall::identity
