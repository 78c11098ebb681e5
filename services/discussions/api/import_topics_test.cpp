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

TEST_CASE_METHOD(Fixture, "topics come with their kind, pinned and closed as they were") {
  v1::ImportedTopic wanted = Wanted(1);
  wanted.set_kind(v1::TOPIC_KIND_PRAISE);
  wanted.add_praised_members(resources::Name(eve));
  wanted.set_pinned(true);
  wanted.set_closer(resources::Name(ben));
  REQUIRE(Must(Import({wanted})) == 1);
  v1::ImportPostsRequest posts;
  v1::ImportedPost& post = *posts.add_posts();
  post.set_name(resources::PostName(TopicId(Numbered(1, 8)), PostId(Numbered(2, 8))));
  post.set_number(1);
  post.set_author(resources::Name(ada));
  post.set_markdown("Well done.");
  *post.mutable_create_time() = wanted.create_time();
  Must(CallInternal<v1::ImportPostsResponse>("ImportPosts", posts));
  const v1::Topic topic = Must(GetTopic(eve, wanted.name()));
  CHECK(topic.kind() == v1::TOPIC_KIND_PRAISE);
  CHECK(topic.praised_members(0) == resources::Name(eve));
  CHECK(topic.pinned());
  CHECK(topic.closer() == resources::Name(ben));
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
  bad = Wanted(2);
  bad.set_kind(v1::TOPIC_KIND_PRAISE);
  CHECK(field_at_fault(bad) == "topics[1].praised_members");
  bad.clear_kind();
  bad.set_closer("somebody");
  CHECK(field_at_fault(bad) == "topics[1].closer");
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
