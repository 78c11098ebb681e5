#include "services/identity/domain/admission.h"

#include <catch2/catch.hpp>

#include "guildhall/identity/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::identity {
namespace {

constexpr char kAda[] = "ada@example.org";
constexpr char kBob[] = "bob@example.org";

TEST_CASE("where sign-up is closed, a stranger opens no account") {
  CHECK(
      Is(DoorFor({.sign_up_open = false, .shows_secret = false}).status(), reasons::kSignUpClosed));
}

TEST_CASE("where sign-up is open, a stranger opens an account, counted for the place") {
  CHECK(*DoorFor({.sign_up_open = true, .shows_secret = false}) == Door::kOpen);
}

TEST_CASE("whoever shows a secret comes by it and is not counted, also where sign-up is open") {
  for (const bool open : {false, true}) {
    CHECK(*DoorFor({.sign_up_open = open, .shows_secret = true}) == Door::kSecret);
  }
}

TEST_CASE("an invitation opens an account for its address and for no other") {
  const ShownSecret invitation{.holds = true, .invited_email = kAda};
  CHECK(Admits(invitation, kAda));
  CHECK_FALSE(Admits(invitation, kBob));
}

TEST_CASE("an operator's secret opens an account for any address") {
  CHECK(Admits({.holds = true}, kAda));
  CHECK(Admits({.holds = true}, kBob));
}

TEST_CASE("a secret that does not hold, or not any longer, opens no account") {
  CHECK_FALSE(Admits({.holds = false}, kAda));
  CHECK_FALSE(Admits({.holds = false, .invited_email = kAda}, kAda));
}

}  // namespace
}  // namespace guildhall::identity
