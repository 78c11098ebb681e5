#include <catch2/catch.hpp>

#include "guildhall/change/v1/change.pb.h"
#include "services/identity/api/identity_fixture.h"

namespace guildhall::identity {
namespace {

v1::ChangePasswordRequest ChangeRequest(TestIdentity& world, std::string current = kPassword,
                                        std::string fresh = kOtherPassword) {
  v1::ChangePasswordRequest request;
  request.set_current_password(std::move(current));
  request.set_new_password(std::move(fresh));
  request.set_request_id(world.NewRequestId());
  return request;
}

TEST_CASE("a changed password holds and ends all other sessions") {
  TestIdentity world;
  Visitor ada = world.Ada();
  Visitor phone;
  REQUIRE(world.SignIn(phone).ok());
  CHECK(world.AsMember(ChangePassword, ChangeRequest(world), ada).ok());
  CHECK(world.AsMember(GetMe, v1::GetMeRequest(), ada).ok());
  CHECK(Is(world.AsMember(GetMe, v1::GetMeRequest(), phone).status(),
           policy::reasons::kSessionEnded));
  CHECK(Is(world.SignIn(phone), reasons::kCredentialsWrong));
  CHECK(world.SignIn(phone, kAdasEmail, kOtherPassword).ok());
  CHECK(world.Changes(change::v1::KIND_PASSWORD_CHANGED) == 1);
  CHECK(world.Changes(change::v1::KIND_SESSION_REVOKED) == 1);
}

TEST_CASE("a repeated change gets the first answer, although its password holds no more") {
  TestIdentity world;
  Visitor ada = world.Ada();
  const auto request = ChangeRequest(world);
  CHECK(world.AsMember(ChangePassword, request, ada).ok());
  // As often as it comes: each counts as a wrong password, beyond what the throttle bears.
  for (int i = 0; i < 7; ++i) CHECK(world.AsMember(ChangePassword, request, ada).ok());
  CHECK(Is(world.AsMember(ChangePassword, ChangeRequest(world), ada).status(),
           reasons::kSignInThrottled));
  CHECK(world.Changes(change::v1::KIND_PASSWORD_CHANGED) == 1);
}

TEST_CASE("the new password obeys the rules of sign-up") {
  TestIdentity world;
  Visitor ada = world.Ada();
  const auto change = [&](std::string fresh) {
    return world.AsMember(ChangePassword, ChangeRequest(world, kPassword, std::move(fresh)), ada)
        .status();
  };
  CHECK(Is(change("short"), reasons::kPasswordLength));
  CHECK(Is(change("qwertyuiopasdfgh"), reasons::kPasswordCommon));
  CHECK(Is(change(std::string(2000, 'x')), policy::reasons::kFieldInvalid));
  CHECK(world.SignIn(ada).ok());
}

TEST_CASE("L-03: guessing the current password is throttled together with signing in") {
  TestIdentity world;
  Visitor ada = world.Ada();
  for (int i = 0; i < 5; ++i) {
    const auto request = ChangeRequest(world, "a wrong password, sorry");
    CHECK(Is(world.AsMember(ChangePassword, request, ada).status(), reasons::kCredentialsWrong));
  }
  CHECK(Is(world.AsMember(ChangePassword, ChangeRequest(world), ada).status(),
           reasons::kSignInThrottled));
  CHECK(Is(world.SignIn(ada), reasons::kSignInThrottled));
}

TEST_CASE("a wrong guess leaves its request id free") {
  TestIdentity world;
  Visitor ada = world.Ada();
  auto request = ChangeRequest(world, "a wrong password, sorry");
  CHECK_FALSE(world.AsMember(ChangePassword, request, ada).ok());
  request.set_current_password(kPassword);
  CHECK(world.AsMember(ChangePassword, request, ada).ok());
}

}  // namespace
}  // namespace guildhall::identity
