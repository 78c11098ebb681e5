#include <catch2/catch.hpp>

#include "libs/rpc/engine_fixture.h"

namespace guildhall::rpc {
namespace {

const std::map<std::string, std::string> kAsAda{{"authorization", "Bearer ada"}};

class AuthorizeFixture : public EngineFixture {
 public:
  AuthorizeFixture() { Start(); }
  absl::Status AsAda(const std::string& method, const std::string& text) {
    return client
        ->Call({.method = method, .bytes = Text(text).SerializeAsString(), .metadata = kAsAda})
        .status;
  }
};

TEST_CASE_METHOD(AuthorizeFixture, "a method for the signed-in wants a token that holds") {
  CHECK(client->Call({.method = "Mine", .metadata = kAsAda}).status.ok());
  CHECK(client->Call({.method = "Mine", .metadata = {{"guildhall-token", "ada"}}}).status.ok());
  CHECK(Is(client->Call({.method = "Mine"}).status, reasons::kSignInRequired));
  for (const char* bad : {"Bearer eve", "Bearer ", "Bearer", "ada", "Basic ada"}) {
    INFO(bad);
    const auto status =
        client->Call({.method = "Mine", .metadata = {{"authorization", bad}}}).status;
    CHECK(Is(status, reasons::kTokenInvalid));
  }
}

TEST_CASE_METHOD(AuthorizeFixture, "a session that has ended ends everything") {
  facts.session_live = false;
  const std::string topic = resources::Name(kTopic);
  CHECK(Is(AsAda("Mine", ""), reasons::kSessionEnded));
  CHECK(Is(AsAda("Visit", resources::Name(kOpen)), reasons::kSessionEnded));
  CHECK(Is(AsAda("Read", resources::Name(TopicId(TestUuid(9)))), reasons::kSessionEnded));
  CHECK(Is(AsAda("Find", topic), reasons::kSessionEnded));
}

TEST_CASE_METHOD(AuthorizeFixture, "a method for services wants a service's credential") {
  const auto key = *access::ServiceKey::FromSecret(kServiceSecret);
  const auto with = [&](const std::string& token) {
    return client->Call({.method = "Internal", .metadata = {{"guildhall-service", token}}}).status;
  };
  const absl::Time now = SystemClock().Now();
  CHECK(with(access::MintServiceToken(key, "discussions", "test", now)).ok());
  CHECK(
      Is(with(access::MintServiceToken(key, "discussions", "other", now)), reasons::kServiceOnly));
  CHECK(Is(with("forged"), reasons::kServiceOnly));
  CHECK(Is(client->Call({.method = "Internal", .metadata = kAsAda}).status, reasons::kServiceOnly));
}

TEST_CASE_METHOD(AuthorizeFixture, "what somebody may not see is as if it did not exist") {
  const auto absent = AsAda("Read", resources::Name(TopicId(TestUuid(9))));
  CHECK(Is(absent, reasons::kNotFound));
  for (const char* method : {"Read", "Find"}) {
    CHECK(AsAda(method, resources::Name(kTopic)).ok());
    CHECK(AsAda(method, resources::Name(kSecretTopic)) == absent);
    CHECK(AsAda(method, resources::Name(TopicId(TestUuid(9)))) == absent);
  }
  CHECK(AsAda("Visit", resources::Name(kOpen)).ok());
  CHECK(AsAda("Visit", resources::Name(kSecretCommunity)) == absent);
}

TEST_CASE_METHOD(AuthorizeFixture, "a name that is none is a fault of its field") {
  for (const char* method : {"Visit", "Read", "Find"}) {
    for (const std::string bad : {"", "topics", "topics/", "topics/17", "nothing", "a/b/c/d/e"}) {
      INFO(method << " " << bad);
      const auto status = AsAda(method, bad);
      REQUIRE(Is(status, reasons::kFieldInvalid));
      CHECK(DetailsOf(status)->violations.at(0).field == "text");
    }
  }
  CHECK(Is(AsAda("Read", resources::Name(kAda)), reasons::kFieldInvalid));
  CHECK(Is(AsAda("Visit", resources::Name(kTopic)), reasons::kFieldInvalid));
  CHECK(Is(AsAda("Read", resources::Name(kOpen)), reasons::kFieldInvalid));
}

TEST_CASE_METHOD(AuthorizeFixture, "without facts nobody gets in") {
  facts.failure = Refusal(reasons::kDependencyAway, "Directory is away.");
  CHECK(Is(AsAda("Mine", ""), reasons::kDependencyAway));
  CHECK(Is(AsAda("Find", resources::Name(kTopic)), reasons::kDependencyAway));
}

TEST_CASE_METHOD(AuthorizeFixture, "a method for anyone takes nobody for signed in") {
  bool anonymous = false;
  quick = [&](const Call& call, const EngineText& request) {
    anonymous = call.caller().kind == access::Caller::Kind::kAnonymous &&
                call.grant().permission() == access::Permission::kNone;
    return request;
  };
  REQUIRE(client->Call({.method = "Quick", .metadata = kAsAda}).status.ok());
  CHECK(anonymous);
  CHECK(facts.asked == 0);
}

TEST_CASE_METHOD(AuthorizeFixture, "a lookup replies with the row it was decided on") {
  const auto outcome = client->Call({.method = "Find",
                                     .bytes = Text(resources::Name(kTopic)).SerializeAsString(),
                                     .metadata = kAsAda});
  CHECK(outcome.reply.text() == resources::Name(kOpen));
}

}  // namespace
}  // namespace guildhall::rpc
