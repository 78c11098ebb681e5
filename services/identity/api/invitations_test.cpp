// Who may open an account where strangers may not.
#include <catch2/catch.hpp>

#include "guildhall/change/v1/change.pb.h"
#include "services/identity/api/account_fixture.h"
#include "services/identity/domain/limits.h"
#include "services/identity/store/secret.h"
#include "services/identity/workers/upkeep.h"

namespace guildhall::identity {
namespace {

namespace common = policy::reasons;
constexpr char kInvited[] = "cem@example.org";

// An organization with an administrator that takes no sign-ups.
struct Invitations : TestAccounts {
  v1::CreateInvitationRequest Inviting(const std::string& email,
                                       absl::Duration life = absl::Hours(24)) {
    v1::CreateInvitationRequest request;
    request.mutable_invitation()->set_email(email);
    request.mutable_invitation()->mutable_expire_time()->set_seconds(
        absl::ToUnixSeconds(clock.Now() + life));
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::StatusOr<v1::CreateInvitationResponse> Invite(const std::string& email = kInvited) {
    return AsAdministrator(CreateInvitation, Inviting(email), ada);
  }
  v1::SignUpRequest Accepting(const std::string& secret, const std::string& email = kInvited) {
    v1::SignUpRequest request;
    request.set_email(email);
    request.set_password(kPassword);
    request.set_display_name("Cem");
    request.set_request_id(NewRequestId());
    request.set_invitation_secret(secret);
    return request;
  }
  absl::StatusOr<v1::Account> Accept(const v1::SignUpRequest& request) {
    answering = &closed.identity;
    auto account = AsAnyone(identity::SignUp, request, stranger);
    answering = &process.identity;
    return account;
  }
  int Listed() {
    return AsAdministrator(ListInvitations, v1::ListInvitationsRequest(), ada)->invitations_size();
  }
  absl::Status Revoke(const v1::Invitation& invitation) {
    v1::RevokeInvitationRequest request;
    request.set_name(invitation.name());
    request.set_request_id(NewRequestId());
    return AsAdministrator(RevokeInvitation, request, ada).status();
  }

  static IdentitySettings Closed() {
    IdentitySettings settings = TestSettings();
    settings.sign_up_open = false;
    return settings;
  }

  TestProcess closed{database, clock, Closed()};
  Visitor stranger;
};

TEST_CASE_METHOD(Invitations, "a page is told how one comes in, and whom an invitation is for") {
  const auto asked = [&](Identity& identity, const std::string& secret) {
    v1::GetSignInOptionsRequest request;
    request.set_invitation_secret(secret);
    answering = &identity;
    auto options = AsAnyone(GetSignInOptions, request, stranger);
    answering = &process.identity;
    return options;
  };
  const auto open = asked(process.identity, ""), shut = asked(closed.identity, "");
  REQUIRE((open.ok() && shut.ok()));
  CHECK(open->sign_up_open());
  CHECK_FALSE(shut->sign_up_open());
  CHECK(shut->password_min_length() == TestSettings().password_min_length);
  CHECK(shut->sends_letters() == !TestSettings().mail_folder.empty());
  CHECK(shut->invited_email().empty());

  const auto invited = Invite();
  REQUIRE(invited.ok());
  CHECK(asked(closed.identity, invited->secret())->invited_email() == kInvited);
  // Asking uses nothing up.
  REQUIRE(Accept(Accepting(invited->secret())).ok());
  CHECK(Is(asked(closed.identity, invited->secret()).status(), reasons::kSecretSpent));
  CHECK(Is(asked(closed.identity, "guildhall_invitation_no").status(), reasons::kSecretSpent));
}

TEST_CASE_METHOD(Invitations, "an invited address opens an account, once") {
  const auto invited = Invite();
  REQUIRE(invited.ok());
  CHECK(invited->secret().starts_with("guildhall_invitation_"));
  CHECK(invited->invitation().email() == kInvited);
  CHECK(invited->invitation().creator() == resources::Name(ada.caller.member));
  CHECK(Listed() == 1);
  const auto request = Accepting(invited->secret());
  const auto account = Accept(request);
  REQUIRE(account.ok());
  CHECK(account->affiliation() == v1::AFFILIATION_EMPLOYEE);
  CHECK(Listed() == 0);
  CHECK(SignIn(stranger, kInvited).ok());
  // A repeat is answered; the secret opens nothing more.
  CHECK(Accept(request)->SerializeAsString() == account->SerializeAsString());
  CHECK(Is(Accept(Accepting(invited->secret())).status(), reasons::kSecretSpent));
  CHECK(Changes(change::v1::KIND_ACCOUNT_INVITATION_CREATED) == 1);
  CHECK(Changes(change::v1::KIND_ACCOUNT_INVITATION_ACCEPTED) == 1);
}

TEST_CASE_METHOD(Invitations, "without an invitation nobody opens an account") {
  CHECK(Is(Accept(Accepting("")).status(), reasons::kSignUpClosed));
  const std::int64_t before = closed.passwords.hashed();
  for (const std::string& secret :
       {std::string("x"), bob.secret, NewSecret(SecretKind::kInvitation, process.random)}) {
    CHECK(Is(Accept(Accepting(secret)).status(), reasons::kSecretSpent));
  }
  CHECK(closed.passwords.hashed() == before);
}

TEST_CASE_METHOD(Invitations, "an invitation is for its address, however that is written") {
  const std::string secret = Invite("Cem@Example.org")->secret();
  CHECK(Is(Accept(Accepting(secret, "eve@example.org")).status(), reasons::kSecretSpent));
  CHECK(Accept(Accepting(secret, "CEM@example.org")).ok());
}

TEST_CASE_METHOD(Invitations, "an invitation holds until it expires, a month at most") {
  const std::string in_time = Invite()->secret(), late = Invite("dora@example.org")->secret();
  clock.Advance(absl::Hours(24) - absl::Seconds(1));
  CHECK(Accept(Accepting(in_time)).ok());
  clock.Advance(absl::Seconds(1));
  CHECK(Is(Accept(Accepting(late, "dora@example.org")).status(), reasons::kSecretSpent));
  CHECK(Listed() == 0);
  const auto longer = Inviting(kInvited, kLongestInvitation + absl::Seconds(1));
  CHECK(Is(AsAdministrator(CreateInvitation, longer, ada).status(), common::kFieldInvalid));
  CHECK(Is(Invite("no address").status(), common::kFieldInvalid));
}

TEST_CASE_METHOD(Invitations, "an invitation that was taken back opens nothing") {
  const auto invited = Invite();
  REQUIRE(Revoke(invited->invitation()).ok());
  CHECK(Is(Accept(Accepting(invited->secret())).status(), reasons::kSecretSpent));
  CHECK(Revoke(invited->invitation()) == access::NotFound());
  CHECK(Changes(change::v1::KIND_ACCOUNT_INVITATION_REVOKED) == 1);
}

TEST_CASE_METHOD(Invitations,
                 "another invitation of an address takes the place of the earlier one") {
  const std::string first = Invite()->secret(), second = Invite()->secret();
  CHECK(Listed() == 1);
  CHECK(Is(Accept(Accepting(first)).status(), reasons::kSecretSpent));
  CHECK(Accept(Accepting(second)).ok());
}

TEST_CASE_METHOD(Invitations, "whoever has an account is not invited") {
  CHECK(Is(Invite("BOB@example.org").status(), reasons::kEmailTaken));
}

TEST_CASE_METHOD(Invitations,
                 "an account that was opened meanwhile leaves the invitation as it is") {
  const std::string secret = Invite()->secret();
  REQUIRE(SignUp(stranger, kInvited).ok());
  CHECK(Is(Accept(Accepting(secret)).status(), reasons::kEmailTaken));
  CHECK(Listed() == 1);
}

TEST_CASE_METHOD(Invitations, "only administrators invite, and each secret is shown once") {
  CHECK(Is(AsAdministrator(CreateInvitation, Inviting(kInvited), bob).status(),
           common::kNotPermitted));
  const auto request = Inviting(kInvited);
  REQUIRE(AsAdministrator(CreateInvitation, request, ada).ok());
  CHECK(Is(AsAdministrator(CreateInvitation, request, ada).status(), common::kSecretAlreadyIssued));
}

TEST_CASE_METHOD(Invitations,
                 "the secret of an operator opens an account and is still to be shown") {
  const std::string secret = IssueSecret();
  REQUIRE(Accept(Accepting(secret)).ok());
  REQUIRE(SignIn(stranger, kInvited).ok());
  CHECK(Claim(stranger, secret)->administrator());
  CHECK(Is(Accept(Accepting(secret, "eve@example.org")).status(), reasons::kSecretSpent));
}

TEST_CASE_METHOD(Invitations, "invitations that ran out are forgotten") {
  REQUIRE(Invite().ok());
  IssueSecret();
  clock.Advance(absl::Hours(25));
  REQUIRE(Upkeep(*database).RunOnce(clock.Now()).ok());
  CHECK(Ask("SELECT count(*) FROM invitations") == "0");
  CHECK(Ask("SELECT count(*) FROM one_time_secrets") == "0");
}

}  // namespace
}  // namespace guildhall::identity
