#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  v1::ImportedTopic Wanted(int n, int version = 8) {
    v1::ImportedTopic topic;
    topic.set_name(resources::Name(TopicId(Numbered(n, version))));
    topic.set_community(resources::Name(open));
    topic.set_title("Imported");
    topic.set_author(resources::Name(ada));
    topic.mutable_create_time()->set_seconds(1'600'000'000 + n);
    return topic;
  }
  absl::StatusOr<int> Import(const std::vector<v1::ImportedTopic>& topics) {
    v1::ImportTopicsRequest request;
    request.mutable_topics()->Assign(topics.begin(), topics.end());
    const auto response = CallInternal<v1::ImportTopicsResponse>("ImportTopics", request);
    if (!response.ok()) return response.status();
    return response->created_count();
  }
};

TEST_CASE_METHOD(Fixture, "topics are imported once and stay out of sight without posts") {
  CHECK(Must(Import({Wanted(1), Wanted(2)})) == 2);
  CHECK(Must(Import({Wanted(1), Wanted(2), Wanted(3)})) == 1);
  CHECK(Must(Import({})) == 0);
  CHECK(Is(GetTopic(ada, Wanted(1).name()).status(), policy_reasons::kNotFound));
  CHECK(database.Ask("SELECT count(*) FROM change_log") == "0");
}

TEST_CASE_METHOD(Fixture, "an import says which topic is at fault, and creates none") {
  const auto field_at_fault = [&](const v1::ImportedTopic& bad) {
    const absl::Status refused = Import({Wanted(1), bad}).status();
    REQUIRE(Is(refused, policy_reasons::kFieldInvalid));
    return DetailsOf(refused)->violations[0].field;
  };
  CHECK(field_at_fault(Wanted(2, 7)) == "topics[1].name");
  v1::ImportedTopic bad = Wanted(2);
  bad.clear_create_time();
  CHECK(field_at_fault(bad) == "topics[1].create_time");
  bad.mutable_create_time()->set_seconds(4'000'000'000);
  CHECK(field_at_fault(bad) == "topics[1].create_time");
  bad = Wanted(2);
  bad.set_title("");
  CHECK(field_at_fault(bad) == "topics[1].title");
  bad.set_title("Imported");
  bad.set_author("somebody");
  CHECK(field_at_fault(bad) == "topics[1].author");
  CHECK(database.Ask("SELECT count(*) FROM topics") == "0");
}

TEST_CASE_METHOD(Fixture, "at most 1,000 topics are imported at once") {
  std::vector<v1::ImportedTopic> topics;
  for (int n = 0; n < 1001; ++n) topics.push_back(Wanted(n));
  CHECK(Is(Import(topics).status(), policy_reasons::kFieldInvalid));
  topics.pop_back();
  CHECK(Must(Import(topics)) == 1000);
}

}  // namespace
}  // namespace guildhall::discussions
