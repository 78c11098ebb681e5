// Another password for whoever has forgotten the old one.
#include <catch2/catch.hpp>

#include "guildhall/change/v1/change.pb.h"
#include "services/identity/api/account_fixture.h"
#include "services/identity/domain/limits.h"
#include "services/identity/store/secret.h"
#include "services/identity/workers/upkeep.h"

namespace guildhall::identity {
namespace {

namespace common = policy::reasons;
constexpr char kBobsEmail[] = "bob@example.org";

struct Resets : TestAccounts {
  absl::StatusOr<v1::IssuePasswordResetResponse> Issue(const Visitor& whose, Visitor& by,
                                                       const std::string& password = "") {
    auto request = About<v1::IssuePasswordResetRequest>(whose);
    request.set_current_password(password);
    return AsAdministrator(IssuePasswordReset, request, by);
  }
  v1::ListPasswordResetsResponse List(Visitor& owner) {
    return *AsMember(ListPasswordResets, v1::ListPasswordResetsRequest(), owner);
  }
  // Whether a sign-in of Bob's tells of a reset.
  bool IsTold(const std::string& password) {
    return AsAnyone(identity::SignIn, SignInRequest(kBobsEmail, password), bob)
        ->has_password_reset_time();
  }
  std::string IssueFor(const Visitor& whose) { return Issue(whose, ada)->secret(); }

  v1::FinishPasswordResetRequest Finishing(const std::string& secret,
                                           const std::string& password = kOtherPassword) {
    v1::FinishPasswordResetRequest request;
    request.set_secret(secret);
    request.set_new_password(password);
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::Status Finish(const v1::FinishPasswordResetRequest& request) {
    return AsAnyone(FinishPasswordReset, request, stranger).status();
  }

  Visitor stranger;
};

TEST_CASE_METHOD(Resets, "whoever shows the secret sets another password, once") {
  const std::string secret = IssueFor(bob);
  CHECK(secret.starts_with("guildhall_reset_"));
  REQUIRE(Finish(Finishing(secret)).ok());
  CHECK(Is(SignIn(bob, kBobsEmail, kPassword), reasons::kCredentialsWrong));
  CHECK(SignIn(bob, kBobsEmail, kOtherPassword).ok());
  CHECK(Is(Finish(Finishing(secret)), reasons::kSecretSpent));
  CHECK(Changes(change::v1::KIND_PASSWORD_RESET_ISSUED) == 1);
  CHECK(Changes(change::v1::KIND_PASSWORD_CHANGED) == 1);
}

TEST_CASE_METHOD(Resets,
                 "a reset ends all that called in the account's name, and signs nobody in") {
  database.Run("DELETE FROM access_changes");
  REQUIRE(Finish(Finishing(IssueFor(bob))).ok());
  CHECK(stranger.held);
  CHECK(Is(GetMe(bob), common::kSessionEnded));
  CHECK(Noted() == "5 " + bob.caller.session.ToString());
  CHECK(GetMe(ada).ok());
}

TEST_CASE_METHOD(Resets, "L-04: a repeat with the same id is answered, and does nothing more") {
  const auto request = Finishing(IssueFor(bob));
  REQUIRE(Finish(request).ok());
  REQUIRE(SignIn(bob, kBobsEmail, kOtherPassword).ok());
  CHECK(Finish(request).ok());
  CHECK(GetMe(bob).ok());
}

TEST_CASE_METHOD(Resets, "a reset holds for an hour") {
  const std::string in_time = IssueFor(bob), late = IssueFor(Join("carla@example.org"));
  clock.Advance(kPasswordResetLife - absl::Seconds(1));
  CHECK(Finish(Finishing(in_time)).ok());
  clock.Advance(absl::Seconds(1));
  CHECK(Is(Finish(Finishing(late)), reasons::kSecretSpent));
}

TEST_CASE_METHOD(Resets, "of several resets only the last one holds") {
  const std::string first = IssueFor(bob), second = IssueFor(bob);
  CHECK(Is(Finish(Finishing(first)), reasons::kSecretSpent));
  CHECK(Finish(Finishing(second)).ok());
}

TEST_CASE_METHOD(Resets,
                 "a password that its owner has changed is not reset by an earlier secret") {
  const std::string secret = IssueFor(bob);
  v1::ChangePasswordRequest change;
  change.set_current_password(kPassword);
  change.set_new_password(kOtherPassword);
  change.set_request_id(NewRequestId());
  REQUIRE(AsMember(ChangePassword, change, bob).ok());
  CHECK(Is(Finish(Finishing(secret, kPassword)), reasons::kSecretSpent));
}

TEST_CASE_METHOD(Resets, "what is no secret costs no password hash") {
  const std::int64_t before = process.passwords.hashed();
  for (const std::string& secret : {std::string(), bob.secret, IssueSecret(),
                                    NewSecret(SecretKind::kPasswordReset, process.random)}) {
    CHECK(Is(Finish(Finishing(secret)), reasons::kSecretSpent));
  }
  CHECK(process.passwords.hashed() == before);
}

TEST_CASE_METHOD(Resets, "a password that may not be chosen leaves the secret as it is") {
  const std::string secret = IssueFor(bob);
  CHECK(Is(Finish(Finishing(secret, "short")), reasons::kPasswordLength));
  CHECK(Is(Finish(Finishing(secret, "passwordpassword")), reasons::kPasswordCommon));
  CHECK(Finish(Finishing(secret)).ok());
}

TEST_CASE_METHOD(Resets,
                 "a suspended account is not reset, nor does an earlier secret hold after it") {
  const std::string secret = IssueFor(bob);
  REQUIRE(Suspend(bob, ada).ok());
  CHECK(Is(Finish(Finishing(secret)), reasons::kSecretSpent));
  CHECK(Is(Issue(bob, ada).status(), reasons::kAccountSuspended));
  REQUIRE(Reactivate(bob, ada).ok());
  CHECK(Is(Finish(Finishing(secret)), reasons::kSecretSpent));
}

TEST_CASE_METHOD(Resets, "a reset that was shown opens no account that administers meanwhile") {
  const std::string secret = IssueFor(bob);
  REQUIRE(Grant(bob, ada).ok());
  CHECK(Is(Finish(Finishing(secret)), reasons::kSecretSpent));
}

TEST_CASE_METHOD(Resets, "nobody is shown a reset of an administrator, its own neither") {
  REQUIRE(Grant(bob, ada).ok());
  CHECK(Is(Issue(bob, ada).status(), reasons::kResetOfAdministrator));
  CHECK(Is(Issue(ada, ada).status(), reasons::kResetOfAdministrator));
  CHECK(Ask("SELECT count(*) FROM one_time_secrets WHERE kind = 4") == "0");
}

TEST_CASE_METHOD(Resets, "whoever issues a reset has just signed in, or shows its own password") {
  clock.Advance(kFreshSignIn - absl::Seconds(1));
  CHECK(Issue(bob, ada).ok());
  clock.Advance(absl::Seconds(1));
  CHECK(Is(Issue(bob, ada).status(), reasons::kFreshSignInRequired));
  CHECK(Is(Issue(bob, ada, kOtherPassword).status(), reasons::kCredentialsWrong));
  CHECK(Issue(bob, ada, kPassword).ok());
  REQUIRE(SignIn(ada).ok());
  CHECK(Issue(bob, ada).ok());
}

TEST_CASE_METHOD(Resets, "a right password costs no attempt, however often resets are issued") {
  for (int i = 0; i < 20; ++i) CHECK(Issue(bob, ada, kPassword).ok());
}

TEST_CASE_METHOD(Resets, "the owner is told who issued a reset, and that it was used") {
  clock.Advance(absl::Minutes(1));
  const std::string secret = IssueFor(bob);
  REQUIRE(List(bob).password_resets_size() == 1);
  CHECK(List(bob).password_resets(0).issuer() == resources::Name(ada.caller.member));
  CHECK(List(bob).password_resets(0).issue_time().seconds() == absl::ToUnixSeconds(clock.Now()));
  CHECK_FALSE(List(bob).password_resets(0).has_use_time());
  CHECK_FALSE(IsTold(kPassword));
  clock.Advance(absl::Minutes(1));
  REQUIRE(Finish(Finishing(secret)).ok());
  CHECK(IsTold(kOtherPassword));
  REQUIRE(SignIn(bob, kBobsEmail, kOtherPassword).ok());
  REQUIRE(List(bob).password_resets_size() == 1);
  CHECK(List(bob).password_resets(0).use_time().seconds() == absl::ToUnixSeconds(clock.Now()));
  CHECK(Changes(change::v1::KIND_PASSWORD_RESET_USED) == 1);
  CHECK(List(ada).password_resets_size() == 0);
}

TEST_CASE_METHOD(Resets, "what was used is not hidden by what is issued afterwards") {
  REQUIRE(Finish(Finishing(IssueFor(bob))).ok());
  REQUIRE(SignIn(bob, kBobsEmail, kOtherPassword).ok());
  for (int i = 0; i < kMaxPasswordResets; ++i) IssueFor(bob);
  CHECK(List(bob).password_resets_size() == kMaxPasswordResets);
  CHECK(List(bob).password_resets(0).has_use_time());
}

TEST_CASE_METHOD(Resets, "resets are told for a year") {
  REQUIRE(Finish(Finishing(IssueFor(bob))).ok());
  clock.Advance(kPasswordResetsKept);
  REQUIRE(Upkeep(*database).RunOnce(clock.Now()).ok());
  CHECK(IsTold(kOtherPassword));
  clock.Advance(absl::Seconds(1));
  REQUIRE(Upkeep(*database).RunOnce(clock.Now()).ok());
  CHECK_FALSE(IsTold(kOtherPassword));
}

TEST_CASE_METHOD(Resets, "only administrators issue, each secret once") {
  CHECK(Is(Issue(ada, bob).status(), common::kNotPermitted));
  const auto request = About<v1::IssuePasswordResetRequest>(bob);
  REQUIRE(AsAdministrator(IssuePasswordReset, request, ada).ok());
  CHECK(
      Is(AsAdministrator(IssuePasswordReset, request, ada).status(), common::kSecretAlreadyIssued));
}

}  // namespace
}  // namespace guildhall::identity
