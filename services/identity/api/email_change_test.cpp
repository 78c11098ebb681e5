// Another address for one's own account.
#include <catch2/catch.hpp>

#include "guildhall/change/v1/change.pb.h"
#include "services/identity/api/email_fixture.h"
#include "services/identity/domain/limits.h"
#include "services/identity/store/secret.h"
#include "services/identity/workers/upkeep.h"

namespace guildhall::identity {
namespace {

namespace common = policy::reasons;

struct Changing : TestEmails {
  absl::Status MakeToken(Visitor& owner) {
    v1::CreateAccessTokenRequest request;
    request.mutable_access_token()->set_display_name("Build");
    request.mutable_access_token()->set_scope(v1::ACCESS_TOKEN_SCOPE_READ);
    request.mutable_access_token()->mutable_expire_time()->set_seconds(
        absl::ToUnixSeconds(clock.Now() + absl::Hours(24)));
    request.set_request_id(NewRequestId());
    return AsMember(CreateAccessToken, request, owner).status();
  }
  std::string TokensHeld() {
    return Ask("SELECT count(*) FROM access_tokens WHERE revoke_time IS NULL");
  }
};

TEST_CASE_METHOD(Changing, "whoever shows the secret of the letter, signed in, has its address") {
  const std::string secret = SecretFor("Bob.King@example.org", bob);
  CHECK(box.letters[0].to == kNewEmail);
  CHECK(secret.starts_with("guildhall_email_"));
  CHECK(Finish(secret, bob)->email() == kNewEmail);
  CHECK(Is(SignIn(bob, kBobsEmail), reasons::kCredentialsWrong));
  REQUIRE(SignIn(bob, kNewEmail).ok());
  CHECK(Is(Finish(secret, bob).status(), reasons::kSecretSpent));
  CHECK(Changes(change::v1::KIND_EMAIL_CHANGE_BEGUN) == 1);
  CHECK(Changes(change::v1::KIND_EMAIL_CHANGED) == 1);
}

TEST_CASE_METHOD(Changing, "nothing changes before the secret is shown") {
  SecretFor(kNewEmail, bob);
  CHECK(EmailOf(bob) == kBobsEmail);
  CHECK(SignIn(bob, kBobsEmail).ok());
  CHECK(List(bob).email_changes_size() == 0);
}

TEST_CASE_METHOD(Changing, "the old address is told, and not which the new one is") {
  REQUIRE(Finish(SecretFor(kNewEmail, bob), bob).ok());
  REQUIRE(Send() == 1);
  CHECK(box.letters[1].to == kBobsEmail);
  CHECK(box.letters[1].text.find("another address") != std::string::npos);
  CHECK(box.letters[1].text.find("tell an administrator") != std::string::npos);
  for (const char* hidden : {kNewEmail, "guildhall_"}) {
    CHECK(box.letters[1].text.find(hidden) == std::string::npos);
  }
  CHECK(Ask("SELECT count(*) FROM email_letters") == "0");
}

TEST_CASE_METHOD(Changing, "another address ends all other sessions, and the tokens") {
  Visitor phone;
  REQUIRE(SignIn(phone, kBobsEmail).ok());
  REQUIRE(MakeToken(bob).ok());
  const std::string secret = SecretFor(kNewEmail, bob);
  const std::string token = Ask("SELECT id FROM access_tokens");
  database.Run("DELETE FROM access_changes");
  REQUIRE(Finish(secret, bob).ok());
  CHECK(bob.held);
  CHECK(GetMe(bob).ok());
  CHECK(Is(GetMe(phone), common::kSessionEnded));
  CHECK(TokensHeld() == "0");
  std::vector<std::string> ended = {"5 " + phone.caller.session.ToString(), "5 " + token};
  std::ranges::sort(ended);
  CHECK(Noted() == ended[0] + ";" + ended[1]);
}

TEST_CASE_METHOD(Changing, "tokens stay where their owner says so") {
  REQUIRE(MakeToken(bob).ok());
  auto request = Finishing(SecretFor(kNewEmail, bob));
  request.set_keep_access_tokens(true);
  REQUIRE(Finish(request, bob).ok());
  CHECK(TokensHeld() == "1");
}

TEST_CASE_METHOD(Changing, "L-01: an address with an account is answered alike, and told") {
  const auto taken = AsMember(BeginEmailChange, Beginning(kAdasEmail), bob);
  const auto free = AsMember(BeginEmailChange, Beginning("free@example.org"), ada);
  REQUIRE(taken.ok());
  CHECK(taken->SerializeAsString() == free->SerializeAsString());
  const char kWritten[] = "SELECT string_agg(kind || '', ' ') FROM email_letters";
  CHECK(Ask(kWritten) == "1 1");
  CHECK(Send() == 2);
  CHECK(box.letters[0].to == kAdasEmail);
  CHECK(box.letters[0].text.find("guildhall_") == std::string::npos);
  CHECK(box.letters[0].text.find("nothing has changed") != std::string::npos);
  CHECK(EmailOf(bob) == kBobsEmail);
}

TEST_CASE_METHOD(Changing, "a secret is for the account that asked, whoever has the letter") {
  const std::string secret = SecretFor(kNewEmail, bob);
  CHECK(Is(Finish(secret, ada).status(), reasons::kSecretSpent));
  CHECK(EmailOf(ada) == kAdasEmail);
  CHECK(Finish(secret, bob).ok());
}

TEST_CASE_METHOD(Changing, "what is no secret of this kind changes nothing") {
  SecretFor(kNewEmail, bob);
  for (const std::string& secret :
       {std::string(), bob.secret, IssueSecret(),
        NewSecret(SecretKind::kEmailChange, process.random), std::string(1 << 16, 'x')}) {
    CHECK(Is(Finish(secret, bob).status(), reasons::kSecretSpent));
  }
  CHECK(EmailOf(bob) == kBobsEmail);
}

TEST_CASE_METHOD(Changing, "a secret holds for an hour, and is then forgotten") {
  const std::string in_time = SecretFor(kNewEmail, bob), late = SecretFor("late@example.org", ada);
  clock.Advance(kEmailChangeLife - absl::Seconds(1));
  CHECK(Finish(in_time, bob).ok());
  clock.Advance(absl::Seconds(1));
  CHECK(Is(Finish(late, ada).status(), reasons::kSecretSpent));
  clock.Advance(absl::Seconds(1));
  REQUIRE(Upkeep(*database).RunOnce(clock.Now()).ok());
  CHECK(Ask("SELECT count(*) FROM email_requests") == "0");
}

TEST_CASE_METHOD(Changing, "of several requests only the last one holds") {
  const std::string first = SecretFor(kNewEmail, bob), second = SecretFor("b@example.org", bob);
  CHECK(Is(Finish(first, bob).status(), reasons::kSecretSpent));
  CHECK(Finish(second, bob)->email() == "b@example.org");
}

TEST_CASE_METHOD(Changing, "L-04: a repeat is answered as the first call, and does nothing more") {
  const auto asking = Beginning(kNewEmail);
  for (int i = 0; i < 2; ++i) REQUIRE(Begin(asking, bob).ok());
  REQUIRE(Send() == 1);
  const auto request = Finishing(Sent());
  REQUIRE(Finish(request, bob).ok());
  Visitor phone;
  REQUIRE(SignIn(phone, kNewEmail).ok());
  CHECK(Finish(request, bob)->email() == kNewEmail);
  CHECK(GetMe(phone).ok());
  CHECK(Changes(change::v1::KIND_EMAIL_CHANGED) == 1);
}

TEST_CASE_METHOD(Changing, "whoever asks has just signed in, or shows the password") {
  clock.Advance(kFreshSignIn);
  CHECK(Is(Begin(kNewEmail, bob), reasons::kFreshSignInRequired));
  CHECK(Is(Begin(Beginning(kNewEmail, kOtherPassword), bob), reasons::kCredentialsWrong));
  CHECK(Ask("SELECT count(*) FROM email_letters") == "0");
  CHECK(Begin(Beginning(kNewEmail, kPassword), bob).ok());
  CHECK(Finish((Send(), Sent()), bob).ok());
}

TEST_CASE_METHOD(Changing, "L-02: nobody's letter box is filled, by one account or by several") {
  const auto asking = Beginning("x0@example.org");
  for (int i = 0; i < 5; ++i) CHECK(Begin(asking, bob).ok());
  for (int i = 1; i < 3; ++i) CHECK(Begin("x" + std::to_string(i) + "@example.org", bob).ok());
  CHECK(Is(Begin("x3@example.org", bob), reasons::kSignInThrottled));
  // One account keeps no address from another; a dozen letters are enough.
  for (int i = 0; i < 4; ++i) {
    Visitor other = Join("other" + std::to_string(i) + "@example.org");
    for (int letter = i == 0 ? 1 : 0; letter < 3; ++letter) {
      CHECK(Begin("x0@example.org", other).ok());
    }
  }
  CHECK(Is(Begin("x0@example.org", ada), reasons::kSignInThrottled));
  clock.Advance(absl::Hours(1));
  REQUIRE(SignIn(bob, kBobsEmail).ok());
  CHECK(Begin("x3@example.org", bob).ok());
}

TEST_CASE_METHOD(Changing, "where no such mail is sent administrators change addresses") {
  answering = &process.identity;
  CHECK(Is(Begin(kNewEmail, bob), reasons::kNoMail));
  IdentitySettings no_page = WithMail();
  no_page.email_page.clear();
  TestProcess another{database, clock, no_page};
  answering = &another.identity;
  CHECK(Is(Begin(kNewEmail, bob), reasons::kNoMail));
}

TEST_CASE_METHOD(Changing, "an address that may not be had is refused by its field") {
  for (const std::string& wrong :
       {std::string(), std::string("bob"), std::string(kBobsEmail), std::string("BOB@example.org"),
        std::string("bob@bakery.example"), std::string("b\r\nBcc: x@example.org"),
        std::string(300, 'b') + "@example.org"}) {
    CHECK(Is(Begin(wrong, bob), common::kFieldInvalid));
  }
  Visitor zoe = Join("zoe@bakery.example");
  CHECK(Is(Begin("zoe@example.org", zoe), common::kFieldInvalid));
  CHECK(Begin("zoe@brewery.example", zoe).ok());
  CHECK(Ask("SELECT count(*) FROM email_requests") == "1");
}

TEST_CASE_METHOD(Changing, "an address keeps everything else of its account") {
  REQUIRE(Finish(SecretFor("ada.king@example.org", ada), ada).ok());
  CHECK(Administers(ada));
  CHECK(AsMember(identity::GetMe, v1::GetMeRequest(), ada)->affiliation() ==
        v1::AFFILIATION_EMPLOYEE);
}

TEST_CASE_METHOD(Changing, "a password that changes ends what was asked, as a suspension does") {
  const std::string bobs = SecretFor(kNewEmail, bob), adas = SecretFor("a@example.org", ada);
  v1::ChangePasswordRequest change;
  change.set_current_password(kPassword);
  change.set_new_password(kOtherPassword);
  change.set_request_id(NewRequestId());
  REQUIRE(AsMember(ChangePassword, change, ada).ok());
  CHECK(Is(Finish(adas, ada).status(), reasons::kSecretSpent));
  REQUIRE(Suspend(bob, ada).ok());
  REQUIRE(Reactivate(bob, ada).ok());
  REQUIRE(SignIn(bob, kBobsEmail).ok());
  CHECK(Is(Finish(bobs, bob).status(), reasons::kSecretSpent));
}

TEST_CASE_METHOD(Changing, "the owner is told of changes for a year, the last one first") {
  REQUIRE(Finish(SecretFor(kNewEmail, bob), bob).ok());
  clock.Advance(absl::Hours(24));
  REQUIRE(SignIn(bob, kNewEmail).ok());
  const std::string first = Ask("SELECT min(id::text) FROM email_changes");
  REQUIRE(Send() == 1);
  REQUIRE(Finish(SecretFor("b@example.org", bob), bob).ok());
  REQUIRE(List(bob).email_changes_size() == 2);
  CHECK(List(bob).email_changes(0).change_time().seconds() == absl::ToUnixSeconds(clock.Now()));
  CHECK(List(bob).email_changes(0).changer().empty());
  CHECK(List(ada).email_changes_size() == 0);
  database.Run(
      "UPDATE email_changes SET change_time = change_time - interval '1 year' "
      "WHERE id = '" +
      first + "'");
  CHECK(List(bob).email_changes_size() == 1);
  REQUIRE(Upkeep(*database).RunOnce(clock.Now() + kEmailChangesKept - absl::Hours(1)).ok());
  CHECK(Ask("SELECT count(*) FROM email_changes WHERE id <> '" + first + "'") == "1");
  CHECK(Ask("SELECT count(*) FROM email_changes") == "1");
}

}  // namespace
}  // namespace guildhall::identity
