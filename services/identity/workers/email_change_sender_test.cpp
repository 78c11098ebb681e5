// From asking for another address to the letters about it.
#include "services/identity/workers/email_change_sender.h"

#include <catch2/catch.hpp>

#include "services/identity/api/email_fixture.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {
namespace {

TEST_CASE_METHOD(TestEmails, "a letter that cannot be put down comes later, with its secret") {
  REQUIRE(Begin(kNewEmail, bob).ok());
  box.open = false;
  CHECK_FALSE(sender.RunOnce(clock.Now()).ok());
  box.open = true;
  CHECK(Send() == 0);
  clock.Advance(EmailChangeSender::kClaim);
  CHECK(Send() == 1);
  CHECK(Finish(Sent(), bob).ok());
}

TEST_CASE_METHOD(TestEmails, "a letter that is written again, after a crash, is the same letter") {
  REQUIRE(Begin(kNewEmail, bob).ok());
  box.on_put = [&] {
    box.on_put = nullptr;
    clock.Advance(EmailChangeSender::kClaim);
    CHECK(Send() == 1);
  };
  CHECK(Send() == 1);
  REQUIRE(box.letters.size() == 2);
  CHECK(box.letters[0].id == box.letters[1].id);
  CHECK(box.letters[0].text == box.letters[1].text);
  CHECK(Finish(Sent(), bob).ok());
}

TEST_CASE_METHOD(TestEmails, "a secret lies nowhere but in its letter") {
  const std::string secret = SecretFor(kNewEmail, bob);
  CHECK(Ask("SELECT count(*) FROM email_requests WHERE secret_hash::text LIKE '%" +
            secret.substr(secret.size() - 20) + "%'") == "0");
  CHECK(Ask("SELECT count(*) FROM email_letters") == "0");
}

TEST_CASE_METHOD(TestEmails, "a letter is put down while nothing is locked") {
  REQUIRE(Begin(kNewEmail, bob).ok());
  std::string unlocked;
  box.on_put = [&] {
    unlocked = Ask(
        "SELECT (SELECT count(*) FROM (SELECT FROM accounts FOR UPDATE SKIP LOCKED) a) || ' ' || "
        "(SELECT count(*) FROM (SELECT FROM email_letters FOR UPDATE SKIP LOCKED) l)");
  };
  CHECK(Send() == 1);
  CHECK(unlocked == "2 1");
}

TEST_CASE_METHOD(TestEmails, "what was asked for anew, or an hour ago, gets no letter") {
  REQUIRE(Begin(kNewEmail, bob).ok());
  REQUIRE(Begin("b@example.org", bob).ok());
  CHECK(Send() == 1);
  CHECK(box.letters[0].to == "b@example.org");
  REQUIRE(Begin(kNewEmail, ada).ok());
  clock.Advance(kEmailChangeLife);
  CHECK(Send() == 0);
  CHECK(Ask("SELECT count(*) FROM email_letters") == "0");
}

TEST_CASE_METHOD(TestEmails, "that an address was left is told also after an outage") {
  REQUIRE(Finish(SecretFor(kNewEmail, bob), bob).ok());
  clock.Advance(absl::Hours(24));
  CHECK(Send() == 1);
  CHECK(box.letters.back().to == kBobsEmail);
}

}  // namespace
}  // namespace guildhall::identity
