#include <catch2/catch.hpp>

#include "guildhall/change/v1/change.pb.h"
#include "services/identity/api/identity_fixture.h"

namespace guildhall::identity {
namespace {

TEST_CASE("an account is opened, its address in lower case, employees told by their domain") {
  TestIdentity world;
  Visitor visitor;
  const auto ada = world.SignUp(visitor, "Ada@Example.org");
  REQUIRE(ada.ok());
  CHECK(ada->email() == "ada@example.org");
  CHECK(ada->affiliation() == v1::AFFILIATION_EMPLOYEE);
  CHECK(ada->member().starts_with("members/"));
  CHECK(world.SignUp(visitor, "bob@example.com")->affiliation() == v1::AFFILIATION_EXTERNAL);
  CHECK(world.Changes(change::v1::KIND_ACCOUNT_CREATED) == 2);
}

TEST_CASE("where sign-up is closed nobody opens an account") {
  IdentitySettings closed = TestSettings();
  closed.sign_up_open = false;
  TestIdentity world(closed);
  Visitor visitor;
  CHECK(Is(world.SignUp(visitor).status(), reasons::kSignUpClosed));
}

TEST_CASE("an address has one account, whatever its case") {
  TestIdentity world;
  Visitor visitor;
  CHECK(world.SignUp(visitor).ok());
  CHECK(Is(world.SignUp(visitor, "ADA@example.org").status(), reasons::kEmailTaken));
  CHECK(world.Changes(change::v1::KIND_ACCOUNT_CREATED) == 1);
}

TEST_CASE("a sign-up with a fault is refused with its reason and leaves nothing") {
  TestIdentity world;
  Visitor visitor;
  CHECK(Is(world.SignUp(visitor, "ada").status(), policy::reasons::kFieldInvalid));
  CHECK(Is(world.SignUp(visitor, kAdasEmail, "short").status(), reasons::kPasswordLength));
  CHECK(
      Is(world.SignUp(visitor, kAdasEmail, "passwordpassword").status(), reasons::kPasswordCommon));
  CHECK(Is(world.SignUp(visitor, kAdasEmail, std::string(1 << 20, 'x')).status(),
           policy::reasons::kFieldInvalid));
  v1::SignUpRequest nameless;
  nameless.set_email(kAdasEmail);
  nameless.set_password(kPassword);
  nameless.set_request_id(world.NewRequestId());
  CHECK(Is(world.AsAnyone(SignUp, nameless, visitor).status(), policy::reasons::kFieldInvalid));
  CHECK(world.Ask("SELECT count(*) FROM accounts") == "0");
}

TEST_CASE("a repeated sign-up opens one account and gets the first answer") {
  TestIdentity world;
  Visitor visitor;
  v1::SignUpRequest request;
  request.set_email(kAdasEmail);
  request.set_password(kPassword);
  request.set_display_name("Ada");
  request.set_request_id(world.NewRequestId());
  const auto first = world.AsAnyone(SignUp, request, visitor);
  const auto second = world.AsAnyone(SignUp, request, visitor);
  REQUIRE(second.ok());
  CHECK(second->member() == first->member());
  request.set_password(kOtherPassword);
  CHECK(Is(world.AsAnyone(SignUp, request, visitor).status(), policy::reasons::kRequestIdReused));
}

TEST_CASE("a place that opens one account after the other is slowed down") {
  TestIdentity world;
  Visitor visitor;
  int opened = 0;
  absl::Status status;
  while (status.ok() && opened < 200) {
    status = world.SignUp(visitor, "n" + std::to_string(opened) + "@example.org").status();
    opened += status.ok();
  }
  CHECK(opened == 100);
  CHECK(Is(status, reasons::kSignInThrottled));
  Visitor elsewhere{.address = "198.51.100.1"};
  CHECK(world.SignUp(elsewhere, "other@example.org").ok());
}

TEST_CASE("nothing that is stored tells the password, and the claim no guessable hash of it") {
  TestIdentity world;
  Visitor visitor;
  REQUIRE(world.SignUp(visitor).ok());
  CHECK(world.Ask("SELECT password_hash FROM accounts").starts_with("$argon2id$"));
  // The digest of the claim is keyed: another master key gives another one for the same request.
  const auto claims = "SELECT count(*) FROM request_claims WHERE digest = sha256(answer)";
  CHECK(world.Ask(claims) == "0");
  CHECK(world.Ask("SELECT count(*) FROM request_claims WHERE position('violet' in "
                  "encode(answer, 'escape')) > 0") == "0");
}

}  // namespace
}  // namespace guildhall::identity
