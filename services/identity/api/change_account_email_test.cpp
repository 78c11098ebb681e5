// Another address for an account, given by an administrator.
#include <catch2/catch.hpp>

#include "guildhall/change/v1/change.pb.h"
#include "services/identity/api/email_fixture.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {
namespace {

namespace common = policy::reasons;

struct Giving : TestEmails {
  v1::ChangeAccountEmailRequest Asking(const Visitor& whose, const std::string& email,
                                       const std::string& password = "") {
    auto request = About<v1::ChangeAccountEmailRequest>(whose);
    request.set_new_email(email);
    request.set_current_password(password);
    return request;
  }
  absl::StatusOr<v1::Account> Give(const v1::ChangeAccountEmailRequest& request, Visitor& by) {
    return AsAdministrator(ChangeAccountEmail, request, by);
  }
};

TEST_CASE_METHOD(Giving, "an administrator gives an account another address, at once") {
  const auto given = Give(Asking(bob, "Bob.King@example.org"), ada);
  REQUIRE(given.ok());
  CHECK(given->email() == kNewEmail);
  CHECK(ada.held);
  CHECK(Is(GetMe(bob), common::kSessionEnded));
  CHECK(Is(SignIn(bob, kBobsEmail), reasons::kCredentialsWrong));
  REQUIRE(SignIn(bob, kNewEmail).ok());
  CHECK(GetMe(ada).ok());
  CHECK(Changes(change::v1::KIND_EMAIL_CHANGED) == 1);
  CHECK(Changes(change::v1::KIND_SESSION_REVOKED) == 1);
}

TEST_CASE_METHOD(Giving, "the owner is told at both addresses, and by whom and when in the list") {
  REQUIRE(Give(Asking(bob, kNewEmail), ada).ok());
  CHECK(Send() == 2);
  std::vector<std::string> told;
  for (const Letter& letter : box.letters) {
    CHECK(letter.text.starts_with("An administrator has given your account"));
    CHECK(letter.text.find("guildhall_") == std::string::npos);
    told.push_back(letter.to);
  }
  std::ranges::sort(told);
  CHECK(told == std::vector<std::string>{kNewEmail, kBobsEmail});
  REQUIRE(SignIn(bob, kNewEmail).ok());
  REQUIRE(List(bob).email_changes_size() == 1);
  CHECK(List(bob).email_changes(0).changer() == resources::Name(ada.caller.member));
  CHECK(List(bob).email_changes(0).change_time().seconds() == absl::ToUnixSeconds(clock.Now()));
}

TEST_CASE_METHOD(Giving, "it works where no mail is sent, and writes no letter") {
  answering = &process.identity;
  REQUIRE(Give(Asking(bob, kNewEmail), ada).ok());
  CHECK(Ask("SELECT count(*) FROM email_letters") == "0");
  REQUIRE(SignIn(bob, kNewEmail).ok());
  CHECK(List(bob).email_changes_size() == 1);
}

TEST_CASE_METHOD(Giving, "what the owner had asked for ends, and resets of the password") {
  const std::string secret = SecretFor("b@example.org", bob);
  answering = &process.identity;
  const auto reset =
      AsAdministrator(IssuePasswordReset, About<v1::IssuePasswordResetRequest>(bob), ada);
  REQUIRE_FALSE(reset->secret().empty());
  REQUIRE(Give(Asking(bob, kNewEmail), ada).ok());
  REQUIRE(SignIn(bob, kNewEmail).ok());
  CHECK(Is(Finish(secret, bob).status(), reasons::kSecretSpent));
  CHECK(Ask("SELECT count(*) FROM one_time_secrets WHERE kind = 4") == "0");
}

TEST_CASE_METHOD(Giving, "an administrator's address is given by nobody, its own neither") {
  REQUIRE(Grant(bob, ada).ok());
  CHECK(Is(Give(Asking(bob, kNewEmail), ada).status(), reasons::kResetOfAdministrator));
  CHECK(Is(Give(Asking(ada, "a@example.org"), ada).status(), reasons::kResetOfAdministrator));
  REQUIRE(Revoke(bob, ada).ok());
  REQUIRE(Suspend(bob, ada).ok());
  CHECK(Is(Give(Asking(bob, kNewEmail), ada).status(), reasons::kAccountSuspended));
  CHECK(EmailOf(bob) == kBobsEmail);
}

TEST_CASE_METHOD(Giving, "an address that an account has, or may not have, is refused") {
  Join("carla@example.org");
  CHECK(Is(Give(Asking(bob, "Carla@example.org"), ada).status(), reasons::kEmailTaken));
  for (const char* wrong : {"", "bob", "bob@example.org", "bob@bakery.example"}) {
    CHECK(Is(Give(Asking(bob, wrong), ada).status(), common::kFieldInvalid));
  }
  CHECK(GetMe(bob).ok());
  Visitor nobody;
  nobody.caller.member = MemberId(NewUuidV7(clock.Now(), process.random));
  CHECK(Give(Asking(nobody, kNewEmail), ada).status() == access::NotFound());
}

TEST_CASE_METHOD(Giving, "whoever gives one has just signed in, or shows its own password") {
  clock.Advance(kFreshSignIn);
  CHECK(Is(Give(Asking(bob, kNewEmail), ada).status(), reasons::kFreshSignInRequired));
  CHECK(Is(Give(Asking(bob, kNewEmail, kOtherPassword), ada).status(), reasons::kCredentialsWrong));
  CHECK(Give(Asking(bob, kNewEmail, kPassword), ada).ok());
}

TEST_CASE_METHOD(Giving, "a right password costs no attempt, however often addresses are given") {
  for (int i = 0; i < 20; ++i) {
    CHECK(Give(Asking(bob, "b" + std::to_string(i) + "@example.org", kPassword), ada).ok());
  }
}

TEST_CASE_METHOD(Giving, "only administrators give addresses, each request once") {
  CHECK(Is(Give(Asking(ada, "a@example.org"), bob).status(), common::kNotPermitted));
  const auto request = Asking(bob, kNewEmail);
  REQUIRE(Give(request, ada).ok());
  REQUIRE(SignIn(bob, kNewEmail).ok());
  CHECK(Give(request, ada)->email() == kNewEmail);
  CHECK(GetMe(bob).ok());
  CHECK(Changes(change::v1::KIND_EMAIL_CHANGED) == 1);
}

TEST_CASE_METHOD(Giving, "tokens stay where the administrator says so") {
  database.Run(
      "INSERT INTO access_tokens (id, account_id, secret_hash, display_name, scope, create_time, "
      "expire_time) SELECT gen_random_uuid(), id, sha256('x'), 'Build', 1, create_time, "
      "create_time + interval '1 day' FROM accounts WHERE email = 'bob@example.org'");
  auto request = Asking(bob, kNewEmail);
  request.set_keep_access_tokens(true);
  REQUIRE(Give(request, ada).ok());
  const char kHeld[] = "SELECT count(*) FROM access_tokens WHERE revoke_time IS NULL";
  CHECK(Ask(kHeld) == "1");
  REQUIRE(Give(Asking(bob, kBobsEmail), ada).ok());
  CHECK(Ask(kHeld) == "0");
}

}  // namespace
}  // namespace guildhall::identity
