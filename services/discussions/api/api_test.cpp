// What holds for all RPCs of discussions.

#include <unistd.h>

#include "libs/rpc/client.h"
#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

TEST_CASE_METHOD(ApiFixture, "without PostgreSQL every call says so at once, and recovers") {
  const v1::Topic topic = Open(ada, open);
  database.server().Stop();
  const auto request = PostRequest(topic.name(), "Rye.");
  CHECK(Is(Call<v1::Post>(ben, "CreatePost", request).status(), policy_reasons::kDependencyAway));
  CHECK(Is(GetTopic(ada, topic.name()).status(), policy_reasons::kDependencyAway));
  v1::UpdateReadStateRequest mark;
  mark.mutable_read_state()->set_topic(topic.name());
  CHECK(Is(Call<v1::ReadState>(ada, "UpdateReadState", mark).status(),
           policy_reasons::kDependencyAway));
  database.server().Start();
  CHECK(Must(Call<v1::Post>(ben, "CreatePost", request)).number() == 2);
}

TEST_CASE_METHOD(ApiFixture, "a PostgreSQL that does not answer costs the deadline, no more") {
  const v1::Topic topic = Open(ada, open);
  deadline = absl::Milliseconds(300);
  database.server().Pause();
  const absl::Status late = GetTopic(ada, topic.name()).status();
  database.server().Resume();
  CHECK(Is(late, policy_reasons::kDeadlinePassed));
  deadline = absl::Seconds(20);
  CHECK(GetTopic(ada, topic.name()).ok());
}

TEST_CASE_METHOD(ApiFixture, "without facts nobody gets in") {
  const v1::Topic topic = Open(ada, open);
  facts.FailWith(Refusal(policy_reasons::kDependencyAway, "Directory is away."));
  CHECK(Is(GetTopic(ada, topic.name()).status(), policy_reasons::kDependencyAway));
  v1::BatchGetReadStatesRequest request;
  request.add_topics(topic.name());
  CHECK(Is(Call<v1::BatchGetReadStatesResponse>(ada, "BatchGetReadStates", request).status(),
           policy_reasons::kDependencyAway));
}

TEST_CASE_METHOD(ApiFixture, "whoever loses a membership loses the SECRET topics with it") {
  const v1::Topic topic = Open(ada, secret);
  CHECK(GetTopic(ben, topic.name()).ok());
  facts.SetRole(secret, ben, Role::kNone);
  CHECK(Is(GetTopic(ben, topic.name()).status(), policy_reasons::kNotFound));
}

TEST_CASE_METHOD(ApiFixture, "the engine takes all handlers, for members and for services") {
  telemetry::Metrics metrics;
  rpc::Queue queue;
  const auto key = *access::ServiceKey::FromSecret("a secret that all services of a test share");
  rpc::ServerSettings settings;
  settings.listen = "unix:/tmp/guildhall_discussions_test_" + std::to_string(getpid());
  rpc::Server server(queue, settings,
                     {.service = "discussions",
                      .facts = facts,
                      .metrics = metrics,
                      .verify_token = [](std::string_view) -> absl::StatusOr<access::Caller> {
                        return Refusal(policy_reasons::kTokenInvalid, "No token holds here.");
                      },
                      .service_key = key});
  Register(discussions, server);
  const absl::Status started = server.Start();
  INFO(started);
  REQUIRE(started.ok());

  rpc::Client client({.queue = queue,
                      .self = "import",
                      .peer = "discussions",
                      .addresses = server.address(),
                      .service_key = key,
                      .metrics = metrics});
  const std::string package = "guildhall.discussions.v1.";
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(20))};
  const auto imported = client.Call<v1::ImportTopicsResponse>(
      package + "InternalDiscussionsService/ImportTopics", v1::ImportTopicsRequest(), context);
  INFO(imported.status());
  CHECK(imported.ok());
  v1::GetTopicRequest request;
  request.set_name(Open(ada, open).name());
  CHECK(
      Is(client.Call<v1::Topic>(package + "DiscussionsService/GetTopic", request, context).status(),
         policy_reasons::kSignInRequired));
}

}  // namespace
}  // namespace guildhall::discussions
