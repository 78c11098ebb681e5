// Who administers the organization: how the first one is made, how others are, and that there is
// always one.
#include <algorithm>
#include <catch2/catch.hpp>
#include <thread>

#include "guildhall/change/v1/change.pb.h"
#include "services/identity/api/account_fixture.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {
namespace {

namespace common = policy::reasons;

TEST_CASE("an operator's secret makes the first administrator, once") {
  TestIdentity world;
  Visitor ada = world.Ada(), bob = world.Join("bob@example.org");
  const std::string secret =
      *IssueAdministratorSecret(*world.database, world.process.random, world.clock.Now());
  CHECK(world.Ask("SELECT encode(secret_hash, 'escape') LIKE '%" + secret.substr(30, 8) +
                  "%' FROM one_time_secrets") == "f");
  CHECK(world.Changes(change::v1::KIND_ADMINISTRATOR_SECRET_ISSUED) == 1);
  v1::ClaimAdministratorRequest request;
  request.set_secret(secret);
  request.set_request_id(world.NewRequestId());
  const auto claimed = world.AsMember(ClaimAdministrator, request, ada);
  REQUIRE(claimed.ok());
  CHECK(claimed->administrator());
  CHECK(ada.held);
  // A repeat is answered as the first one was; nobody else gets anything by it.
  CHECK(world.AsMember(ClaimAdministrator, request, ada)->administrator());
  CHECK(Is(world.AsMember(ClaimAdministrator, request, bob).status(), reasons::kSecretSpent));
  request.set_request_id(world.NewRequestId());
  CHECK(Is(world.AsMember(ClaimAdministrator, request, ada).status(), reasons::kSecretSpent));
  CHECK(world.Changes(change::v1::KIND_ADMINISTRATOR_GRANTED) == 1);
}

TEST_CASE_METHOD(TestAccounts, "an operator's secret holds for an hour") {
  const std::string in_time = IssueSecret(), late = IssueSecret();
  clock.Advance(kAdministratorSecretLife - absl::Seconds(1));
  CHECK(Claim(bob, in_time).ok());
  clock.Advance(absl::Seconds(1));
  CHECK(Is(Claim(bob, late).status(), reasons::kSecretSpent));
}

TEST_CASE_METHOD(TestAccounts, "what is no secret, or another's kind, makes no administrator") {
  for (const std::string& text : {std::string(), std::string("x"), bob.secret, IssueSecret() + "A",
                                  std::string(1 << 16, 'A')}) {
    CHECK(Is(Claim(bob, text).status(), reasons::kSecretSpent));
  }
  CHECK_FALSE(Administers(bob));
}

TEST_CASE_METHOD(TestAccounts, "somebody from outside gets nothing by the secret, and leaves it") {
  Visitor customer = Join("carla@bakery.example");
  const std::string secret = IssueSecret();
  CHECK(Is(Claim(customer, secret).status(), reasons::kNotAnEmployee));
  CHECK(Claim(bob, secret).ok());
}

TEST_CASE_METHOD(TestAccounts, "an administrator makes another, who may do the same at once") {
  CHECK_FALSE(Administers(bob));
  CHECK(Is(Grant(ada, bob).status(), common::kNotPermitted));
  const auto granted = Grant(bob, ada);
  REQUIRE(granted.ok());
  CHECK(granted->administrator());
  CHECK(granted->email() == "bob@example.org");
  CHECK(ada.held);
  CHECK(Administers(bob));
  Visitor cem = Join("cem@example.org");
  CHECK(Grant(cem, bob).ok());
  CHECK(Changes(change::v1::KIND_ADMINISTRATOR_GRANTED) == 3);
}

TEST_CASE_METHOD(TestAccounts, "a role that changes concerns every session of the account") {
  Visitor phone;
  REQUIRE(SignIn(phone, "bob@example.org").ok());
  database.Run("DELETE FROM access_changes");
  REQUIRE(Grant(bob, ada).ok());
  std::vector<std::string> sessions = {"5 " + bob.caller.session.ToString(),
                                       "5 " + phone.caller.session.ToString()};
  std::ranges::sort(sessions);
  CHECK(Noted() == sessions[0] + ";" + sessions[1]);
  // What is so already changes nothing.
  REQUIRE(Grant(bob, ada).ok());
  CHECK(Ask("SELECT count(*) FROM access_changes") == "2");
  REQUIRE(Revoke(bob, ada).ok());
  CHECK(Ask("SELECT count(*) FROM access_changes") == "4");
}

TEST_CASE_METHOD(TestAccounts, "whoever has lost the role decides nothing any longer") {
  REQUIRE(Grant(bob, ada).ok());
  REQUIRE_FALSE(Revoke(bob, ada)->administrator());
  CHECK_FALSE(Administers(bob));
  CHECK(Is(Revoke(ada, bob).status(), common::kNotPermitted));
  CHECK(Changes(change::v1::KIND_ADMINISTRATOR_REVOKED) == 1);
}

TEST_CASE_METHOD(TestAccounts, "C-10: the last administrator stays one, whoever asks") {
  CHECK(Is(Revoke(ada, ada).status(), reasons::kLastAdministrator));
  CHECK(Is(Suspend(ada, ada).status(), reasons::kLastAdministrator));
  REQUIRE(Grant(bob, ada).ok());
  REQUIRE(Revoke(ada, ada).ok());
  CHECK(Is(Revoke(bob, bob).status(), reasons::kLastAdministrator));
  CHECK(Administers(bob));
}

TEST_CASE_METHOD(TestAccounts, "of administrators who end each other's role at once one stays") {
  for (int round = 0; round < 8; ++round) {
    if (!Administers(ada)) std::swap(ada, bob);
    REQUIRE(Grant(bob, ada).ok());
    const auto by_ada = About<v1::RevokeAdministratorRequest>(bob),
               by_bob = About<v1::RevokeAdministratorRequest>(ada);
    absl::Status ended[2];
    std::thread other(
        [&] { ended[0] = AsAdministrator(RevokeAdministrator, by_ada, ada).status(); });
    ended[1] = AsAdministrator(RevokeAdministrator, by_bob, bob).status();
    other.join();
    CHECK(ended[0].ok() + ended[1].ok() == 1);
    CHECK(Ask("SELECT count(*) FROM accounts WHERE administrator") == "1");
  }
}

TEST_CASE_METHOD(TestAccounts, "only employees are made administrators") {
  const Visitor customer = Join("carla@bakery.example");
  CHECK(Is(Grant(customer, ada).status(), reasons::kNotAnEmployee));
}

TEST_CASE_METHOD(TestAccounts, "whom nobody has an account for is not found") {
  Visitor nobody;
  nobody.caller.member = *MemberId::Parse("018f0000-0000-7000-8000-000000000001");
  for (const absl::Status& status :
       {Grant(nobody, ada).status(), Revoke(nobody, ada).status(), Suspend(nobody, ada).status(),
        Reactivate(nobody, ada).status()}) {
    CHECK(status == access::NotFound());
  }
  v1::GetAccountRequest request;
  request.set_member(resources::Name(nobody.caller.member));
  CHECK(AsAdministrator(GetAccount, request, ada).status() == access::NotFound());
  request.set_member("members/x");
  CHECK(Is(AsAdministrator(GetAccount, request, ada).status(), common::kFieldInvalid));
}

TEST_CASE_METHOD(TestAccounts, "administrators see each other, and any account") {
  clock.Advance(absl::Seconds(1));
  Visitor cem = Join("cem@example.org");
  REQUIRE(Grant(cem, ada).ok());
  const auto listed = AsAdministrator(ListAdministrators, v1::ListAdministratorsRequest(), cem);
  REQUIRE(listed->accounts_size() == 2);
  CHECK(listed->accounts(0).email() == kAdasEmail);
  CHECK(listed->accounts(1).email() == "cem@example.org");
  v1::GetAccountRequest request;
  request.set_member(resources::Name(bob.caller.member));
  const auto account = AsAdministrator(GetAccount, request, ada);
  CHECK(account->email() == "bob@example.org");
  CHECK_FALSE(account->administrator());
}

TEST_CASE_METHOD(TestAccounts, "the other services are told with the session who administers") {
  v1::BatchGetSessionFactsRequest request;
  for (const Visitor& visitor : {ada, bob}) {
    const auto& bytes = visitor.caller.session.uuid().bytes;
    request.add_session_ids(std::string(bytes.begin(), bytes.end()));
  }
  const auto facts = AsService(BatchGetSessionFacts, request);
  CHECK(facts->sessions(0).administrator());
  CHECK_FALSE(facts->sessions(1).administrator());
  CHECK(AsMember(identity::GetMe, v1::GetMeRequest(), ada)->administrator());
}

TEST_CASE_METHOD(TestAccounts, "a repeated request has one effect and one answer") {
  const auto grant = About<v1::GrantAdministratorRequest>(bob);
  const auto first = AsAdministrator(GrantAdministrator, grant, ada);
  REQUIRE(Revoke(bob, ada).ok());
  CHECK(AsAdministrator(GrantAdministrator, grant, ada)->SerializeAsString() ==
        first->SerializeAsString());
  CHECK_FALSE(Administers(bob));
}

}  // namespace
}  // namespace guildhall::identity
