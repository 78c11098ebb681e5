#include <catch2/catch.hpp>

#include "libs/access/token.h"
#include "services/identity/api/identity_fixture.h"
#include "services/identity/workers/session_use_writer.h"

namespace guildhall::identity {
namespace {

v1::IssueTokensRequest TokensFor(const Visitor& visitor,
                                 std::vector<std::string> audiences = {"directory"}) {
  v1::IssueTokensRequest request;
  request.set_session_secret(visitor.secret);
  for (std::string& audience : audiences) request.add_audiences(std::move(audience));
  return request;
}

// A service that got its keys as other services do.
struct Service {
  access::KeySet keys;
  access::TokenVerifier verifier;

  Service(TestIdentity& world, std::string name)
      : verifier("guildhall", std::move(name), keys, world.clock) {
    std::vector<access::PublicKey> fetched;
    const auto response = world.AsService(GetKeys, v1::GetKeysRequest());
    for (const v1::PublicKey& key : response->keys()) {
      fetched.push_back({key.key_id(), key.x(), key.y()});
    }
    keys.Replace(fetched);
  }
};

TEST_CASE("a secret becomes a token for each service, which the service believes") {
  TestIdentity world;
  Visitor ada = world.Ada();
  const auto response = world.AsService(IssueTokens, TokensFor(ada, {"directory", "discussions"}));
  REQUIRE(response.ok());
  REQUIRE(response->tokens_size() == 2);
  CHECK(response->member() == resources::Name(ada.caller.member));
  CHECK(response->session() == resources::Name(ada.caller.session));
  CHECK(response->expire_time().seconds() == absl::ToUnixSeconds(world.clock.Now()) + 120);

  Service directory(world, "directory"), discussions(world, "discussions");
  const auto caller = directory.verifier.Verify(response->tokens(0).token());
  REQUIRE(caller.ok());
  CHECK(caller->member == ada.caller.member);
  CHECK(caller->session == ada.caller.session);
  CHECK(caller->display_name == "Ada");
  CHECK(caller->affiliation == Affiliation::kEmployee);
  CHECK(discussions.verifier.Verify(response->tokens(1).token()).ok());
  CHECK_FALSE(discussions.verifier.Verify(response->tokens(0).token()).ok());
  world.clock.Advance(access::kTokenLife);
  CHECK_FALSE(directory.verifier.Verify(response->tokens(0).token()).ok());
}

TEST_CASE("a secret that is unknown, malformed, revoked or run out is refused in the same words") {
  TestIdentity world;
  Visitor ada = world.Ada(), phone;
  REQUIRE(world.SignIn(phone).ok());
  REQUIRE(world.AsMember(SignOut, v1::SignOutRequest(), phone).ok());
  const absl::Status revoked = world.AsService(IssueTokens, TokensFor(phone)).status();
  CHECK(Is(revoked, policy::reasons::kSessionEnded));
  phone.secret = "guildhall_session_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  CHECK(world.AsService(IssueTokens, TokensFor(phone)).status() == revoked);
  phone.secret = "' OR true --";
  CHECK(world.AsService(IssueTokens, TokensFor(phone)).status() == revoked);
  world.clock.Advance(absl::Hours(24 * 14));
  CHECK(world.AsService(IssueTokens, TokensFor(ada)).status() == revoked);
}

TEST_CASE("audiences are names of services, sixteen at most") {
  TestIdentity world;
  Visitor ada = world.Ada();
  const auto refused = [&](std::vector<std::string> audiences) {
    return Is(world.AsService(IssueTokens, TokensFor(ada, std::move(audiences))).status(),
              policy::reasons::kFieldInvalid);
  };
  CHECK(refused({}));
  CHECK(refused({""}));
  CHECK(refused({"Directory"}));
  CHECK(refused({"directory", "a b"}));
  CHECK(refused(std::vector<std::string>(17, "directory")));
  CHECK_FALSE(refused(std::vector<std::string>(16, "directory")));
}

TEST_CASE("using a session keeps it alive, at the price of one statement for all") {
  TestIdentity world;
  Visitor ada = world.Ada();
  SessionUseWriter writer(*world.database, world.process.uses);
  world.clock.Advance(absl::Seconds(59));
  REQUIRE(world.AsService(IssueTokens, TokensFor(ada)).ok());
  CHECK(*writer.RunOnce(world.clock.Now()) == 0);
  for (int day = 0; day < 29; ++day) {
    world.clock.Advance(absl::Hours(24));
    REQUIRE(world.AsService(IssueTokens, TokensFor(ada)).ok());
    CHECK(*writer.RunOnce(world.clock.Now()) == 1);
  }
  world.clock.Advance(absl::Hours(24));
  CHECK_FALSE(world.AsService(IssueTokens, TokensFor(ada)).ok());
}

TEST_CASE("facts tell which sessions live, in the order of the question") {
  TestIdentity world;
  Visitor ada = world.Ada(), phone;
  REQUIRE(world.SignIn(phone).ok());
  REQUIRE(world.AsMember(SignOut, v1::SignOutRequest(), phone).ok());
  v1::BatchGetSessionFactsRequest request;
  const auto add = [&](SessionId id) {
    const auto& bytes = id.uuid().bytes;
    request.add_session_ids(std::string(bytes.begin(), bytes.end()));
  };
  add(phone.caller.session);
  add(ada.caller.session);
  add(SessionId());
  add(ada.caller.session);
  const auto facts = world.AsService(BatchGetSessionFacts, request);
  REQUIRE(facts->sessions_size() == 4);
  CHECK_FALSE(facts->sessions(0).live());
  CHECK(facts->sessions(1).live());
  CHECK_FALSE(facts->sessions(2).live());
  CHECK(facts->sessions(3).live());
}

TEST_CASE("a question about facts is of whole ids, a thousand at most") {
  TestIdentity world;
  v1::BatchGetSessionFactsRequest request;
  CHECK(world.AsService(BatchGetSessionFacts, request)->sessions_size() == 0);
  for (int i = 0; i < 1000; ++i) request.add_session_ids(std::string(16, '\1'));
  CHECK(world.AsService(BatchGetSessionFacts, request)->sessions_size() == 1000);
  request.add_session_ids(std::string(16, '\1'));
  CHECK(
      Is(world.AsService(BatchGetSessionFacts, request).status(), policy::reasons::kFieldInvalid));
  request.clear_session_ids();
  request.add_session_ids("short");
  CHECK(
      Is(world.AsService(BatchGetSessionFacts, request).status(), policy::reasons::kFieldInvalid));
}

}  // namespace
}  // namespace guildhall::identity
