// From asking for another password to the letter.
#include "services/identity/workers/reset_sender.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/match.h"
#include "guildhall/change/v1/change.pb.h"
#include "services/identity/api/account_fixture.h"
#include "services/identity/domain/limits.h"
#include "services/identity/workers/letters_fixture.h"

namespace guildhall::identity {
namespace {

constexpr char kBobsEmail[] = "bob@example.org";
constexpr char kPage[] = "https://guildhall.example.org/reset#";

IdentitySettings WithMail() {
  IdentitySettings settings = TestSettings();
  settings.mail_folder = "/nowhere";
  return settings;
}

struct Asking : TestAccounts {
  absl::Status Begin(const std::string& email, const std::string& request_id) {
    v1::BeginPasswordResetRequest request;
    request.set_email(email);
    request.set_request_id(request_id);
    answering = &with_mail.identity;
    const absl::Status status = AsAnyone(BeginPasswordReset, request, stranger).status();
    answering = &process.identity;
    return status;
  }
  absl::Status Begin(const std::string& email) { return Begin(email, NewRequestId()); }
  absl::Status Finish(const std::string& secret) {
    v1::FinishPasswordResetRequest request;
    request.set_secret(secret);
    request.set_new_password(kOtherPassword);
    request.set_request_id(NewRequestId());
    return AsAnyone(FinishPasswordReset, request, stranger).status();
  }
  absl::StatusOr<v1::IssuePasswordResetResponse> Issue(
      const v1::IssuePasswordResetRequest& request) {
    answering = &with_mail.identity;
    auto response = AsAdministrator(IssuePasswordReset, request, ada);
    answering = &process.identity;
    return response;
  }
  int Send() { return *sender.RunOnce(clock.Now()); }
  static std::string SecretIn(const Letter& letter) { return SecretAfter(kPage, letter); }

  TestProcess with_mail{database, clock, WithMail()};
  LettersInMemory box;
  ResetSender sender{*database, process.random, box, kPage};
  Visitor stranger;
};

TEST_CASE_METHOD(Asking, "whoever asks gets a letter by which another password is set") {
  REQUIRE(Begin("BOB@example.org").ok());
  CHECK(Send() == 1);
  REQUIRE(box.letters.size() == 1);
  CHECK(box.letters[0].to == kBobsEmail);
  REQUIRE(Finish(SecretIn(box.letters[0])).ok());
  CHECK(SignIn(bob, kBobsEmail, kOtherPassword).ok());
  CHECK(Send() == 0);
  const auto told = AsMember(ListPasswordResets, v1::ListPasswordResetsRequest(), bob);
  REQUIRE(told->password_resets_size() == 1);
  CHECK(told->password_resets(0).issuer().empty());
}

TEST_CASE_METHOD(Asking, "an administrator's reset goes to the owner, and is told to nobody else") {
  REQUIRE(Begin(kBobsEmail).ok());
  REQUIRE(Send() == 1);
  const auto request = About<v1::IssuePasswordResetRequest>(bob);
  for (int i = 0; i < 2; ++i) CHECK(Issue(request)->ByteSizeLong() == 0);
  CHECK(Send() == 1);
  REQUIRE(box.letters.size() == 2);
  CHECK(box.letters[1].to == kBobsEmail);
  CHECK(absl::StartsWith(box.letters[1].text, "An administrator"));
  CHECK(Is(Finish(SecretIn(box.letters[0])), reasons::kSecretSpent));
  REQUIRE(Finish(SecretIn(box.letters[1])).ok());
  REQUIRE(SignIn(bob, kBobsEmail, kOtherPassword).ok());
  const auto told = AsMember(ListPasswordResets, v1::ListPasswordResetsRequest(), bob);
  REQUIRE(told->password_resets_size() == 1);
  CHECK(told->password_resets(0).issuer() == resources::Name(ada.caller.member));
  CHECK(told->password_resets(0).has_use_time());
}

TEST_CASE_METHOD(Asking, "an administrator's password is reset by a letter to its own address") {
  CHECK(Issue(About<v1::IssuePasswordResetRequest>(ada)).ok());
  CHECK(Send() == 1);
  CHECK(box.letters[0].to == kAdasEmail);
}

TEST_CASE_METHOD(Asking,
                 "L-01: an address without an account is answered alike, and gets nothing") {
  CHECK(Begin("nobody@example.org") == Begin(kBobsEmail));
  REQUIRE(Suspend(bob, ada).ok());
  CHECK(Send() == 0);
  CHECK(box.letters.empty());
  CHECK(Ask("SELECT count(*) FROM reset_requests") == "0");
}

TEST_CASE_METHOD(Asking, "a letter that cannot be put down is offered again, with another secret") {
  REQUIRE(Begin(kBobsEmail).ok());
  box.open = false;
  CHECK_FALSE(sender.RunOnce(clock.Now()).ok());
  CHECK(Ask("SELECT count(*) FROM one_time_secrets WHERE kind = 4") == "0");
  box.open = true;
  CHECK(Send() == 0);
  clock.Advance(ResetSender::kClaim);
  CHECK(Send() == 1);
  CHECK(Finish(SecretIn(box.letters[0])).ok());
}

TEST_CASE_METHOD(Asking, "a letter is put down while nothing is locked, and its secret logged") {
  REQUIRE(Begin(kBobsEmail).ok());
  std::string unlocked;
  box.on_put = [&] {
    unlocked =
        Ask("SELECT (SELECT count(*) FROM (SELECT FROM accounts FOR UPDATE SKIP LOCKED) a) "
            "|| ' ' || (SELECT count(*) FROM (SELECT FROM reset_requests "
            "FOR UPDATE SKIP LOCKED) r)");
  };
  CHECK(Send() == 1);
  CHECK(unlocked == "2 1");
  CHECK(Changes(change::v1::KIND_PASSWORD_RESET_ISSUED) == 1);
  CHECK(Finish(SecretIn(box.letters[0])).ok());
}

TEST_CASE_METHOD(Asking, "a letter for whom is suspended meanwhile opens nothing") {
  REQUIRE(Begin(kBobsEmail).ok());
  box.on_put = [&] { Suspend(bob, ada).IgnoreError(); };
  CHECK(Send() == 0);
  REQUIRE(Reactivate(bob, ada).ok());
  CHECK(Is(Finish(SecretIn(box.letters[0])), reasons::kSecretSpent));
  CHECK(Changes(change::v1::KIND_PASSWORD_RESET_ISSUED) == 0);
}

TEST_CASE_METHOD(Asking, "of two letters for one request the first that is done holds") {
  REQUIRE(Begin(kBobsEmail).ok());
  box.on_put = [&] {
    box.on_put = nullptr;
    clock.Advance(ResetSender::kClaim);
    sender.RunOnce(clock.Now()).IgnoreError();
  };
  CHECK(Send() == 0);
  REQUIRE(box.letters.size() == 2);
  CHECK(box.letters[0].id == box.letters[1].id);
  CHECK(Ask("SELECT count(*) FROM one_time_secrets WHERE kind = 4") == "1");
  CHECK(Changes(change::v1::KIND_PASSWORD_RESET_ISSUED) == 1);
}

TEST_CASE_METHOD(Asking, "after an outage nobody gets a letter that was asked for an hour ago") {
  REQUIRE(Begin(kBobsEmail).ok());
  clock.Advance(absl::Minutes(1));
  REQUIRE(Begin("carla@example.org").ok());
  Join("carla@example.org");
  clock.Advance(kPasswordResetLife - absl::Seconds(30));
  CHECK(Send() == 1);
  CHECK(box.letters[0].to == "carla@example.org");
  CHECK(Ask("SELECT count(*) FROM reset_requests") == "0");
}

TEST_CASE_METHOD(Asking,
                 "a repeated request sends one letter; a letter voids no other, its use all") {
  const std::string id = NewRequestId();
  REQUIRE(Begin(kBobsEmail, id).ok());
  REQUIRE(Begin(kBobsEmail, id).ok());
  CHECK(Send() == 1);
  REQUIRE(Begin(kBobsEmail).ok());
  CHECK(Send() == 1);
  CHECK(Finish(SecretIn(box.letters[0])).ok());
  CHECK(Is(Finish(SecretIn(box.letters[1])), reasons::kSecretSpent));
}

TEST_CASE_METHOD(Asking, "L-02: nobody's letter box is filled: a few letters, then two an hour") {
  int asked = 0;
  while (Begin(kBobsEmail).ok()) ++asked;
  CHECK(asked == 3);
  CHECK(Is(Begin(kBobsEmail), reasons::kSignInThrottled));
  CHECK(Begin("carla@example.org").ok());
  clock.Advance(absl::Hours(1));
  CHECK(Begin(kBobsEmail).ok());
}

TEST_CASE_METHOD(Asking, "a repeated request is answered as before, and is no other letter") {
  const std::string id = NewRequestId();
  for (int i = 0; i < 10; ++i) CHECK(Begin(kBobsEmail, id).ok());
  for (int i = 0; i < 2; ++i) CHECK(Begin(kBobsEmail).ok());
  CHECK(Is(Begin(kBobsEmail), reasons::kSignInThrottled));
  CHECK(Begin(kBobsEmail, id).ok());
}

TEST_CASE_METHOD(Asking, "without mail whoever asks is sent to an administrator") {
  v1::BeginPasswordResetRequest request;
  request.set_email(kBobsEmail);
  request.set_request_id(NewRequestId());
  CHECK(Is(AsAnyone(BeginPasswordReset, request, stranger).status(), reasons::kNoMail));
}

TEST_CASE("a letter lies in its folder whole, for its user alone, or nothing is left of it") {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("letters-" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  FolderLetterBox box(folder, "guildhall@example.org");
  REQUIRE(box.Put({.id = "1",
                   .time = absl::UnixEpoch(),
                   .to = "a@example.org",
                   .subject = "S",
                   .text = "one\ntwo\n"})
              .ok());
  const std::filesystem::path file = folder / "1.eml";
  CHECK(std::filesystem::status(file).permissions() ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  CHECK(
      text.starts_with("Date: Thu, 01 Jan 1970 00:00:00 +0000\r\nFrom: "
                       "guildhall@example.org\r\nTo: a@example.org\r\nSubject: S\r\n"));
  CHECK(text.ends_with("\r\n\r\none\r\ntwo\r\n"));
  CHECK_FALSE(std::filesystem::exists(folder / "1.eml.part"));
  // A folder stands where the letter is to lie.
  std::filesystem::create_directories(folder / "2.eml" / "full");
  CHECK(absl::IsUnavailable(box.Put({.id = "2"})));
  CHECK_FALSE(std::filesystem::exists(folder / "2.eml.part"));
  std::filesystem::remove_all(folder);
  CHECK(absl::IsUnavailable(box.Put({.id = "3"})));
}

}  // namespace
}  // namespace guildhall::identity
