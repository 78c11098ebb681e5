// From an administrator's invitation to the letter, and to the account that it opens.
#include "services/identity/workers/invitation_sender.h"

#include <catch2/catch.hpp>

#include "guildhall/change/v1/change.pb.h"
#include "services/identity/api/account_fixture.h"
#include "services/identity/workers/letters_fixture.h"

namespace guildhall::identity {
namespace {

namespace common = policy::reasons;
constexpr char kInvited[] = "cem@example.org";
constexpr char kPage[] = "https://guildhall.example.org/invitation#";

IdentitySettings WithLetters() {
  IdentitySettings settings = TestSettings();
  settings.sign_up_open = false;
  settings.mail_folder = "/nowhere";
  settings.invitation_page = kPage;
  return settings;
}

struct Inviting : TestAccounts {
  v1::CreateInvitationRequest Asking(const std::string& email = kInvited) {
    v1::CreateInvitationRequest request;
    request.mutable_invitation()->set_email(email);
    request.mutable_invitation()->mutable_expire_time()->set_seconds(
        absl::ToUnixSeconds(clock.Now() + absl::Hours(24)));
    request.set_request_id(NewRequestId());
    request.set_by_letter(true);
    return request;
  }
  absl::StatusOr<v1::CreateInvitationResponse> Invite(const v1::CreateInvitationRequest& request) {
    answering = &sending.identity;
    auto response = AsAdministrator(CreateInvitation, request, ada);
    answering = &process.identity;
    return response;
  }
  absl::Status Accept(const std::string& secret, const std::string& email = kInvited) {
    v1::SignUpRequest request;
    request.set_email(email);
    request.set_password(kPassword);
    request.set_display_name("Cem");
    request.set_request_id(NewRequestId());
    request.set_invitation_secret(secret);
    answering = &sending.identity;
    const absl::Status status = AsAnyone(identity::SignUp, request, stranger).status();
    answering = &process.identity;
    return status;
  }
  int Send() { return *sender.RunOnce(clock.Now()); }
  std::string Sent(std::size_t place = 0) { return SecretAfter(kPage, box.letters.at(place)); }

  TestProcess sending{database, clock, WithLetters()};
  LettersInMemory box;
  InvitationSender sender{*database, sending.master_key, box, kPage};
  Visitor stranger;
};

TEST_CASE_METHOD(Inviting, "an invited address gets a letter by which it opens an account, once") {
  const auto invited = Invite(Asking("Cem@Example.org"));
  REQUIRE(invited.ok());
  CHECK(invited->secret().empty());
  CHECK(invited->invitation().email() == kInvited);
  CHECK(Send() == 1);
  REQUIRE(box.letters.size() == 1);
  CHECK(box.letters[0].to == kInvited);
  REQUIRE(Accept(Sent()).ok());
  CHECK(Is(Accept(Sent()), reasons::kSecretSpent));
  CHECK(Changes(change::v1::KIND_ACCOUNT_INVITATION_CREATED) == 1);
  CHECK(Send() == 0);
}

TEST_CASE_METHOD(Inviting, "a repeated request is answered as before and sends one letter") {
  const auto request = Asking();
  const auto first = Invite(request), second = Invite(request);
  REQUIRE(second.ok());
  CHECK(second->SerializeAsString() == first->SerializeAsString());
  CHECK(Send() == 1);
  REQUIRE(Invite(request).ok());
  CHECK(Send() == 0);
  auto shown = request;
  shown.set_by_letter(false);
  CHECK(Is(Invite(shown).status(), common::kRequestIdReused));
}

TEST_CASE_METHOD(Inviting, "the secret lies nowhere but in the letter") {
  REQUIRE(Invite(Asking()).ok());
  REQUIRE(Send() == 1);
  const std::string bits = Sent().substr(std::size("guildhall_invitation_") - 1, 20);
  CHECK(Ask("SELECT count(*) FROM request_claims WHERE method LIKE '%Invitation%'") == "1");
  CHECK(Ask("SELECT count(*) FROM request_claims WHERE encode(answer, 'escape') LIKE '%" + bits +
            "%'") == "0");
  CHECK(Ask("SELECT count(*) FROM invitations t WHERE t::text LIKE '%" + bits +
            "%' "
            "OR encode(secret_hash, 'base64') LIKE '%" +
            bits + "%'") == "0");
}

TEST_CASE_METHOD(Inviting, "a letter that cannot be put down is tried again until it is") {
  REQUIRE(Invite(Asking()).ok());
  REQUIRE(Invite(Asking("dora@example.org")).ok());
  box.open = false;
  CHECK_FALSE(sender.RunOnce(clock.Now()).ok());
  box.open = true;
  // The other one does not wait for it.
  CHECK(Send() == 1);
  clock.Advance(InvitationSender::kClaim);
  CHECK(Send() == 1);
  CHECK(Send() == 0);
  for (std::size_t i = 0; i < 2; ++i) CHECK(Accept(Sent(i), box.letters[i].to).ok());
}

TEST_CASE_METHOD(Inviting, "two workers at one letter write the same one") {
  REQUIRE(Invite(Asking()).ok());
  box.on_put = [&] {
    box.on_put = nullptr;
    clock.Advance(InvitationSender::kClaim);
    CHECK(Send() == 1);
  };
  CHECK(Send() == 1);
  REQUIRE(box.letters.size() == 2);
  CHECK(box.letters[0].id == box.letters[1].id);
  CHECK(Sent(0) == Sent(1));
  CHECK(Accept(Sent()).ok());
}

TEST_CASE_METHOD(Inviting, "a worker that died before it could note the letter writes it again") {
  REQUIRE(Invite(Asking()).ok());
  database.Run(
      "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS "
      "$$ BEGIN RAISE 'no'; END $$; CREATE TRIGGER fails BEFORE UPDATE ON invitations "
      "FOR EACH ROW WHEN (NEW.due_time IS NULL) EXECUTE FUNCTION fail()");
  CHECK_FALSE(sender.RunOnce(clock.Now()).ok());
  database.Run("DROP TRIGGER fails ON invitations");
  clock.Advance(InvitationSender::kClaim);
  CHECK(Send() == 1);
  REQUIRE(box.letters.size() == 2);
  CHECK(Sent(0) == Sent(1));
}

TEST_CASE_METHOD(Inviting, "what was taken back, replaced or has ended is not sent") {
  const auto revoked = Invite(Asking());
  v1::RevokeInvitationRequest request;
  request.set_name(revoked->invitation().name());
  request.set_request_id(NewRequestId());
  REQUIRE(AsAdministrator(RevokeInvitation, request, ada).ok());
  CHECK(Send() == 0);
  REQUIRE(Invite(Asking()).ok());
  auto shown = Asking();
  shown.set_by_letter(false);
  REQUIRE(Invite(shown).ok());
  CHECK(Send() == 0);
  REQUIRE(Invite(Asking()).ok());
  clock.Advance(absl::Hours(24));
  CHECK(Send() == 0);
  CHECK(box.letters.empty());
}

TEST_CASE_METHOD(Inviting, "where no mail is sent, no letter is promised, and shown is as ever") {
  CHECK(Is(AsAdministrator(CreateInvitation, Asking(), ada).status(), reasons::kNoMail));
  auto shown = Asking();
  shown.set_by_letter(false);
  CHECK_FALSE(AsAdministrator(CreateInvitation, shown, ada)->secret().empty());
  CHECK(Is(AsAdministrator(CreateInvitation, Asking(), bob).status(), common::kNotPermitted));
}

}  // namespace
}  // namespace guildhall::identity
