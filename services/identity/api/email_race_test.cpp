// Changes of addresses that meet others who want the same address, or use the old one.
#include <catch2/catch.hpp>
#include <thread>

#include "libs/base/status_macros.h"
#include "libs/testing/eventually.h"
#include "services/identity/api/email_fixture.h"
#include "services/identity/store/email_change_store.h"
#include "services/identity/workers/reset_sender.h"

namespace guildhall::identity {
namespace {

namespace common = policy::reasons;

struct Racing : TestEmails {
  // Calls while a transaction has given an account an address, and commits it when the call waits.
  template <typename Call>
  auto While(const Visitor& whose, const std::string& email, Call call) -> decltype(call()) {
    decltype(call()) answer = absl::InternalError("not called");
    std::thread thread;
    const postgres::Context context{.deadline = Deadline::After(absl::Seconds(20))};
    const absl::Status other = database->Transact(context, [&](postgres::Work& work) {
      GUILDHALL_TRY(UpdateEmail(work, whose.caller.member, email));
      thread = std::thread([&] { answer = call(); });
      const bool met = testing::Eventually([&] { return database.SomebodyWaits(); });
      return met ? absl::OkStatus() : absl::InternalError("nobody waits");
    });
    thread.join();
    CHECK(other.ok());
    return answer;
  }
  absl::Status FinishReset(const std::string& secret) {
    v1::FinishPasswordResetRequest request;
    request.set_secret(secret);
    request.set_new_password(kOtherPassword);
    request.set_request_id(NewRequestId());
    return AsAnyone(FinishPasswordReset, request, stranger).status();
  }
  absl::Status BeginReset(const std::string& email) {
    v1::BeginPasswordResetRequest request;
    request.set_email(email);
    request.set_request_id(NewRequestId());
    return AsAnyone(BeginPasswordReset, request, stranger).status();
  }

  Visitor stranger;
  ResetSender resets{*database, process.random, box, kPage};
};

TEST_CASE_METHOD(Racing, "of two accounts that show secrets of one address the first has it") {
  Visitor carla = Join("carla@example.org");
  const std::string bobs = SecretFor(kNewEmail, bob), carlas = SecretFor(kNewEmail, carla);
  REQUIRE(Finish(carlas, carla).ok());
  CHECK(Is(Finish(bobs, bob).status(), reasons::kEmailTaken));
  CHECK(EmailOf(bob) == kBobsEmail);
  CHECK(GetMe(bob).ok());
}

TEST_CASE_METHOD(Racing, "the same of two at once: one waits, and is told") {
  const auto request = Finishing(SecretFor(kNewEmail, bob));
  const auto answer = While(ada, kNewEmail, [&] { return Finish(request, bob); });
  CHECK(Is(answer.status(), reasons::kEmailTaken));
  CHECK(EmailOf(ada) == kNewEmail);
  CHECK(EmailOf(bob) == kBobsEmail);
}

TEST_CASE_METHOD(Racing, "whoever opens an account with the address meanwhile has it") {
  const std::string secret = SecretFor(kNewEmail, bob);
  Visitor other;
  REQUIRE(SignUp(other, kNewEmail).ok());
  CHECK(Is(Finish(secret, bob).status(), reasons::kEmailTaken));
  REQUIRE(Finish(SecretFor("b@example.org", bob), bob).ok());
  CHECK(SignUp(other, kBobsEmail).ok());
}

TEST_CASE_METHOD(Racing, "a sign-in with the old address begins no session after the change") {
  const auto request = SignInRequest(kBobsEmail);
  const auto answer =
      While(bob, kNewEmail, [&] { return AsAnyone(identity::SignIn, request, stranger).status(); });
  CHECK(Is(answer, reasons::kCredentialsWrong));
}

TEST_CASE_METHOD(Racing, "a reset of the old address ends, also one that is being sent") {
  REQUIRE(BeginReset(kBobsEmail).ok());
  REQUIRE(*resets.RunOnce(clock.Now()) == 1);
  const std::string reset = Sent();
  const std::string secret = SecretFor(kNewEmail, bob);
  REQUIRE(BeginReset(kBobsEmail).ok());
  box.on_put = [&] {
    box.on_put = nullptr;
    REQUIRE(Finish(secret, bob).ok());
  };
  CHECK(*resets.RunOnce(clock.Now()) == 0);
  CHECK(Is(FinishReset(reset), reasons::kSecretSpent));
  CHECK(Is(FinishReset(Sent()), reasons::kSecretSpent));
  REQUIRE(BeginReset(kBobsEmail).ok());
  CHECK(*resets.RunOnce(clock.Now()) == 0);
  REQUIRE(BeginReset(kNewEmail).ok());
  CHECK(*resets.RunOnce(clock.Now()) == 1);
}

TEST_CASE_METHOD(Racing, "a session that was revoked since its call was let in changes nothing") {
  const auto request = Finishing(SecretFor(kNewEmail, bob));
  std::thread thread;
  absl::Status answer;
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(20))};
  REQUIRE(database
              ->Transact(context,
                         [&](postgres::Work& work) -> absl::Status {
                           // Another address than the one asked for: only holds the account.
                           GUILDHALL_TRY(UpdateEmail(work, bob.caller.member, kBobsEmail));
                           thread = std::thread([&] { answer = Finish(request, bob).status(); });
                           if (!testing::Eventually([&] { return database.SomebodyWaits(); })) {
                             return absl::InternalError("nobody waits");
                           }
                           database.Run("UPDATE sessions SET revoke_time = now() WHERE id = '" +
                                        bob.caller.session.ToString() + "'");
                           return absl::OkStatus();
                         })
              .ok());
  thread.join();
  CHECK(Is(answer, common::kSessionEnded));
  CHECK(EmailOf(bob) == kBobsEmail);
}

}  // namespace
}  // namespace guildhall::identity
