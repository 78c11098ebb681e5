#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "guildhall/change/v1/change.pb.h"
#include "libs/testing/eventually.h"
#include "services/identity/api/identity_fixture.h"
#include "services/identity/domain/limits.h"
#include "services/identity/store/account_store.h"
#include "services/identity/store/secret.h"

namespace guildhall::identity {
namespace {

TEST_CASE("a program gets its secret in the answer, a browser in metadata only") {
  TestIdentity world;
  Visitor ada;
  REQUIRE(world.SignUp(ada).ok());
  auto request = world.SignInRequest();
  const auto bearer = world.AsAnyone(SignIn, request, ada);
  REQUIRE(bearer.ok());
  CHECK(HashOfSecret(SecretKind::kSession, bearer->session_secret()).has_value());
  CHECK(ada.metadata.empty());

  request = world.SignInRequest();
  request.set_delivery(v1::SESSION_DELIVERY_COOKIE);
  const auto cookie = world.AsAnyone(SignIn, request, ada);
  REQUIRE(cookie.ok());
  CHECK(cookie->session_secret().empty());
  REQUIRE(ada.metadata.size() == 1);
  CHECK(ada.metadata[0].first == "guildhall-set-session");
  const std::string& value = ada.metadata[0].second;
  CHECK(HashOfSecret(SecretKind::kSession, value.substr(0, value.find(';'))).has_value());
  CHECK(value.substr(value.find(';')) == "; max-age=2592000");
}

TEST_CASE("a session tells where and when it began") {
  TestIdentity world;
  Visitor ada;
  REQUIRE(world.SignUp(ada).ok());
  const auto response = world.AsAnyone(SignIn, world.SignInRequest("ADA@example.org"), ada);
  REQUIRE(response.ok());
  const v1::Session& session = response->session();
  CHECK(session.address_prefix() == "192.0.2.0/24");
  CHECK(session.user_agent() == "curl/8.0");
  CHECK(session.current());
  CHECK(session.create_time().seconds() == absl::ToUnixSeconds(world.clock.Now()));
  CHECK(session.expire_time().seconds() - session.create_time().seconds() == 30 * 24 * 3600);
  CHECK(world.Changes(change::v1::KIND_SESSION_CREATED) == 1);
}

TEST_CASE("L-01: an unknown address and a wrong password are refused in the same words") {
  TestIdentity world;
  Visitor ada;
  REQUIRE(world.SignUp(ada).ok());
  const absl::Status wrong = world.SignIn(ada, kAdasEmail, kOtherPassword);
  const absl::Status unknown = world.SignIn(ada, "nobody@example.org", kOtherPassword);
  CHECK(Is(wrong, reasons::kCredentialsWrong));
  CHECK(wrong == unknown);
  CHECK(world.Ask("SELECT count(*) FROM sessions") == "0");
}

TEST_CASE("a sign-in with a fault is refused before anything is counted") {
  TestIdentity world;
  Visitor ada;
  auto request = world.SignInRequest();
  request.set_delivery(v1::SESSION_DELIVERY_UNSPECIFIED);
  CHECK(Is(world.AsAnyone(SignIn, request, ada).status(), policy::reasons::kFieldInvalid));
  CHECK(Is(world.SignIn(ada, "no address"), policy::reasons::kFieldInvalid));
  CHECK(
      Is(world.SignIn(ada, kAdasEmail, std::string(1 << 20, 'x')), policy::reasons::kFieldInvalid));
  CHECK(world.Ask("SELECT count(*) FROM throttle_buckets") == "0");
}

TEST_CASE("a repeated sign-in does not show its secret again") {
  TestIdentity world;
  Visitor ada;
  REQUIRE(world.SignUp(ada).ok());
  const auto request = world.SignInRequest();
  REQUIRE(world.AsAnyone(SignIn, request, ada).ok());
  CHECK(Is(world.AsAnyone(SignIn, request, ada).status(), policy::reasons::kSecretAlreadyIssued));
  CHECK(world.Ask("SELECT count(*) FROM sessions") == "1");
}

TEST_CASE("a sign-in without a request id is refused") {
  TestIdentity world;
  Visitor ada;
  REQUIRE(world.SignUp(ada).ok());
  auto request = world.SignInRequest();
  request.set_request_id("");
  CHECK(Is(world.AsAnyone(SignIn, request, ada).status(), policy::reasons::kFieldInvalid));
}

TEST_CASE("T-01: every sign-in makes a secret of its own, and the database holds none") {
  TestIdentity world;
  Visitor ada = world.Ada();
  std::set<std::string> secrets = {ada.secret};
  for (int i = 0; i < 3; ++i) {
    REQUIRE(world.SignIn(ada).ok());
    secrets.insert(ada.secret);
  }
  CHECK(secrets.size() == 4);
  const std::string bare = ada.secret.substr(std::string("guildhall_session_").size());
  CHECK(world.Ask("SELECT count(*) FROM request_claims WHERE position('" + bare +
                  "' in encode(answer, 'escape')) > 0") == "0");
  for (const char* table : {"sessions", "change_log"}) {
    CHECK(world.Ask(std::string("SELECT count(*) FROM ") + table + " t WHERE position('" + bare +
                    "' in t::text) > 0") == "0");
  }
}

TEST_CASE("beyond a hundred sessions the one used least ends") {
  TestIdentity world;
  Visitor ada = world.Ada();
  const std::string first = ada.caller.session.ToString();
  for (int i = 1; i < kMaxSessions; ++i) {
    world.clock.Advance(absl::Seconds(1));
    REQUIRE(world.SignIn(ada).ok());
  }
  CHECK(world.Changes(change::v1::KIND_SESSION_REVOKED) == 0);
  REQUIRE(world.SignIn(ada).ok());
  CHECK(world.Ask("SELECT id FROM sessions WHERE revoke_time IS NOT NULL") == first);
  CHECK(world.Changes(change::v1::KIND_SESSION_REVOKED) == 1);
}

TEST_CASE("a hash of another cost is made anew at the next sign-in") {
  TestIdentity world;
  Visitor ada = world.Ada();
  IdentitySettings dearer = TestSettings();
  dearer.password_passes = 3;
  TestProcess later(world.database, world.clock, dearer);
  world.answering = &later.identity;
  REQUIRE(world.SignIn(ada).ok());
  const std::string phc = world.Ask("SELECT password_hash FROM accounts");
  CHECK(phc.starts_with("$argon2id$v=19$m=64,t=3,p=1$"));
  REQUIRE(world.SignIn(ada).ok());
  CHECK(world.Ask("SELECT password_hash FROM accounts") == phc);
}

// What a sign-in is told whose account is changed while its password is checked.
absl::Status SignInMeanwhile(TestIdentity& world,
                             absl::FunctionRef<void(postgres::Work&, const Account&)> change) {
  Visitor ada = world.Ada();
  const MemberId id = ada.caller.member;
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(10))};
  absl::Status refused;
  std::thread signing_in;
  const absl::Status changed =
      world.database->Transact(context, [&](postgres::Work& work) -> absl::Status {
        const auto account = LockAccount(work, id);
        signing_in = std::thread([&] { refused = world.SignIn(ada); });
        (void)testing::Eventually([&] { return world.database.SomebodyWaits(); });
        change(work, **account);
        return absl::OkStatus();
      });
  signing_in.join();
  CHECK(changed.ok());
  CHECK(world.Ask("SELECT count(*) FROM sessions") == "1");
  return refused;
}

TEST_CASE("a password that is changed while it is checked begins no session") {
  TestIdentity world;
  CHECK(Is(SignInMeanwhile(world,
                           [](postgres::Work& work, const Account& account) {
                             PasswordHash other = account.password;
                             other.phc.back() = other.phc.back() == 'A' ? 'B' : 'A';
                             UpdatePassword(work, account.id, other);
                           }),
           reasons::kCredentialsWrong));
}

TEST_CASE("an account that is suspended while its password is checked begins no session") {
  TestIdentity world;
  CHECK(Is(SignInMeanwhile(world,
                           [&](postgres::Work& work, const Account& account) {
                             Account suspended = account;
                             suspended.suspend_time = world.clock.Now();
                             SetSuspension(work, suspended);
                           }),
           reasons::kCredentialsWrong));
}

}  // namespace
}  // namespace guildhall::identity
