// What it means that an account is suspended, and that it is used again.
#include <algorithm>
#include <catch2/catch.hpp>

#include "guildhall/change/v1/change.pb.h"
#include "services/identity/api/account_fixture.h"

namespace guildhall::identity {
namespace {

namespace common = policy::reasons;
constexpr char kBobsEmail[] = "bob@example.org";

TEST_CASE_METHOD(TestAccounts, "a suspended account's sessions end before the call answers") {
  Visitor phone;
  REQUIRE(SignIn(phone, kBobsEmail).ok());
  database.Run("DELETE FROM access_changes");
  const auto suspended = Suspend(bob, ada);
  REQUIRE(suspended.ok());
  CHECK(suspended->has_suspend_time());
  CHECK(ada.held);
  for (Visitor* visitor : {&bob, &phone}) {
    CHECK(Is(GetMe(*visitor), common::kSessionEnded));
    v1::IssueTokensRequest exchange;
    exchange.set_session_secret(visitor->secret);
    exchange.add_audiences("directory");
    CHECK(Is(AsService(IssueTokens, exchange).status(), common::kSessionEnded));
  }
  std::vector<std::string> sessions = {"5 " + bob.caller.session.ToString(),
                                       "5 " + phone.caller.session.ToString()};
  std::ranges::sort(sessions);
  CHECK(Noted() == sessions[0] + ";" + sessions[1]);
  CHECK(Changes(change::v1::KIND_SESSION_REVOKED) == 2);
  CHECK(Changes(change::v1::KIND_ACCOUNT_SUSPENDED) == 1);
}

TEST_CASE_METHOD(TestAccounts, "L-01: a suspended account is answered like an unknown address") {
  const absl::Status unknown = SignIn(bob, "nobody@example.org");
  REQUIRE(Suspend(bob, ada).ok());
  const std::int64_t before = process.passwords.hashed();
  CHECK(SignIn(bob, kBobsEmail) == unknown);
  CHECK(Is(unknown, reasons::kCredentialsWrong));
  CHECK(process.passwords.hashed() == before + 1);
  CHECK(SignIn(bob, kBobsEmail, kOtherPassword) == unknown);
}

TEST_CASE_METHOD(TestAccounts, "a suspended account's address stays taken") {
  REQUIRE(Suspend(bob, ada).ok());
  Visitor another;
  CHECK(Is(SignUp(another, kBobsEmail).status(), reasons::kEmailTaken));
}

TEST_CASE_METHOD(TestAccounts,
                 "an account that is used again takes its password, not its sessions") {
  REQUIRE(Suspend(bob, ada).ok());
  CHECK_FALSE(Reactivate(bob, ada)->has_suspend_time());
  CHECK(Is(GetMe(bob), common::kSessionEnded));
  REQUIRE(SignIn(bob, kBobsEmail).ok());
  CHECK(GetMe(bob).ok());
  CHECK(Changes(change::v1::KIND_ACCOUNT_REACTIVATED) == 1);
  REQUIRE(Reactivate(bob, ada).ok());
  CHECK(Changes(change::v1::KIND_ACCOUNT_REACTIVATED) == 1);
}

TEST_CASE_METHOD(TestAccounts, "suspending again keeps the time, and waits all the same") {
  const auto first = Suspend(bob, ada);
  clock.Advance(absl::Minutes(1));
  ada.held = false;
  CHECK(Suspend(bob, ada)->suspend_time().seconds() == first->suspend_time().seconds());
  CHECK(ada.held);
  CHECK(Changes(change::v1::KIND_ACCOUNT_SUSPENDED) == 1);
}

TEST_CASE_METHOD(TestAccounts, "an administrator who is suspended comes back without the role") {
  REQUIRE(Grant(bob, ada).ok());
  CHECK_FALSE(Suspend(bob, ada)->administrator());
  CHECK(Is(Grant(bob, ada).status(), reasons::kAccountSuspended));
  REQUIRE(Reactivate(bob, ada).ok());
  REQUIRE(SignIn(bob, kBobsEmail).ok());
  CHECK_FALSE(Administers(bob));
  CHECK(Changes(change::v1::KIND_ADMINISTRATOR_REVOKED) == 1);
}

TEST_CASE_METHOD(TestAccounts, "nobody but an administrator suspends") {
  CHECK(Is(Suspend(ada, bob).status(), common::kNotPermitted));
  CHECK(Is(Suspend(bob, bob).status(), common::kNotPermitted));
  CHECK(Is(Reactivate(ada, bob).status(), common::kNotPermitted));
}

TEST_CASE_METHOD(TestAccounts, "one of several administrators may suspend itself, and is gone") {
  REQUIRE(Grant(bob, ada).ok());
  const auto request = About<v1::SuspendAccountRequest>(bob);
  REQUIRE(AsAdministrator(SuspendAccount, request, bob).ok());
  CHECK(Is(AsAdministrator(SuspendAccount, request, bob).status(), common::kSessionEnded));
}

TEST_CASE_METHOD(TestAccounts, "a suspension counts no session of others") {
  REQUIRE(Suspend(bob, ada).ok());
  CHECK(GetMe(ada).ok());
  CHECK(Ask("SELECT count(*) FROM sessions WHERE revoke_time IS NULL") == "1");
}

}  // namespace
}  // namespace guildhall::identity
