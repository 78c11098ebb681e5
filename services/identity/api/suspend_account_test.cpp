// What it means that an account is suspended, and that it is used again.
#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>

#include "guildhall/change/v1/change.pb.h"
#include "services/identity/api/account_fixture.h"
#include "services/identity/api/convert.h"

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

TEST_CASE_METHOD(TestAccounts, "administrators are told why an account is suspended, nobody else") {
  auto request = About<v1::SuspendAccountRequest>(bob);
  request.set_reason("On leave.\nAsk Carla. ");
  request.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(clock.Now() + absl::Hours(24)));
  const auto suspended = AsAdministrator(SuspendAccount, request, ada);
  REQUIRE(suspended.ok());
  CHECK(suspended->suspend_reason() == "On leave.\nAsk Carla.");
  CHECK(suspended->suspend_expire_time().seconds() == request.expire_time().seconds());
  v1::GetAccountRequest get;
  get.set_member(request.member());
  CHECK(AsAdministrator(GetAccount, get, ada)->SerializeAsString() ==
        suspended->SerializeAsString());
  v1::GetAccountByEmailRequest by_email;
  by_email.set_email(kBobsEmail);
  CHECK(AsAdministrator(GetAccountByEmail, by_email, ada)->has_suspend_expire_time());
  v1::ListAccountsRequest list;
  list.set_state(v1::ACCOUNT_STATE_SUSPENDED);
  for (const char* beginning : {"", "bob"}) {
    list.set_beginning(beginning);
    CHECK(AsAdministrator(ListAccounts, list, ada)->accounts(0).suspend_reason() ==
          suspended->suspend_reason());
  }
  // What its owner may be shown.
  Account account;
  account.suspend_time = account.suspend_expire_time = clock.Now();
  account.suspend_reason = "On leave.";
  CHECK(ToProto(account).suspend_reason().empty());
  CHECK_FALSE(ToProto(account).has_suspend_expire_time());
}

TEST_CASE_METHOD(TestAccounts, "reason and end are those of the last call, and go with the end") {
  auto request = About<v1::SuspendAccountRequest>(bob);
  request.set_reason("On leave.");
  request.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(clock.Now() + absl::Hours(24)));
  REQUIRE(AsAdministrator(SuspendAccount, request, ada).ok());
  const auto again = Suspend(bob, ada);
  CHECK(again->suspend_reason().empty());
  CHECK_FALSE(again->has_suspend_expire_time());
  CHECK(Changes(change::v1::KIND_ACCOUNT_SUSPENDED) == 1);
  request.set_request_id(NewRequestId());
  REQUIRE(AsAdministrator(SuspendAccount, request, ada)->has_suspend_expire_time());
  REQUIRE(Reactivate(bob, ada).ok());
  CHECK(
      Ask("SELECT suspend_reason = '' AND suspend_expire_time IS NULL FROM accounts WHERE email = "
          "'bob@example.org'") == "t");
}

TEST_CASE_METHOD(TestAccounts, "a suspension ends in the future, within ten years, or is refused") {
  const absl::Time now = clock.Now();
  const auto with_end = [&](absl::Time end) {
    auto request = About<v1::SuspendAccountRequest>(bob);
    *request.mutable_expire_time() = ToProto(end);
    return AsAdministrator(SuspendAccount, request, ada).status();
  };
  for (const absl::Time wrong : {now, now - absl::Hours(1), now + absl::Hours(24 * 3654)}) {
    CHECK(Is(with_end(wrong), common::kFieldInvalid));
  }
  auto request = About<v1::SuspendAccountRequest>(bob);
  request.mutable_expire_time()->set_seconds(std::numeric_limits<std::int64_t>::max());
  CHECK(Is(AsAdministrator(SuspendAccount, request, ada).status(), common::kFieldInvalid));
  request.clear_expire_time();
  request.set_reason(std::string(501, 'x'));
  CHECK(Is(AsAdministrator(SuspendAccount, request, ada).status(), common::kFieldInvalid));
  CHECK(GetMe(bob).ok());
  CHECK(with_end(now + absl::Seconds(1)).ok());
}

TEST_CASE_METHOD(TestAccounts, "a suspension's repeat is answered after its end as before") {
  auto request = About<v1::SuspendAccountRequest>(bob);
  *request.mutable_expire_time() = ToProto(clock.Now() + absl::Minutes(5));
  const auto first = AsAdministrator(SuspendAccount, request, ada);
  REQUIRE(first.ok());
  clock.Advance(absl::Minutes(6));
  const auto repeat = AsAdministrator(SuspendAccount, request, ada);
  REQUIRE(repeat.ok());
  CHECK(repeat->SerializeAsString() == first->SerializeAsString());
  request.set_request_id(NewRequestId());
  CHECK(Is(AsAdministrator(SuspendAccount, request, ada).status(), common::kFieldInvalid));
}

TEST_CASE_METHOD(TestAccounts, "a suspension counts no session of others") {
  REQUIRE(Suspend(bob, ada).ok());
  CHECK(GetMe(ada).ok());
  CHECK(Ask("SELECT count(*) FROM sessions WHERE revoke_time IS NULL") == "1");
}

}  // namespace
}  // namespace guildhall::identity
