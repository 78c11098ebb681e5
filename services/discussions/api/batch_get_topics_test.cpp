#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;
using Names = std::vector<std::string>;

struct Fixture : ApiFixture {
  absl::StatusOr<v1::BatchGetTopicsResponse> Get(MemberId who, const Names& names) {
    v1::BatchGetTopicsRequest request;
    for (const std::string& name : names) request.add_names(name);
    return Call<v1::BatchGetTopicsResponse>(who, "ReadingService/BatchGetTopics", request);
  }
  Names Told(MemberId who, const Names& names) {
    Names told;
    const v1::BatchGetTopicsResponse got = Must(Get(who, names));
    for (const v1::Topic& topic : got.topics()) told.push_back(topic.name());
    return told;
  }

  const std::string here = Open(ada, open).name(), there = Open(ada, closed).name();
};

TEST_CASE_METHOD(Fixture, "topics of many communities come in the order of the question") {
  const auto got = Must(Get(ben, {there, here, there}));
  REQUIRE(got.topics_size() == 3);
  CHECK(got.topics(0).SerializeAsString() == Must(GetTopic(ben, there)).SerializeAsString());
  CHECK(got.topics(1).SerializeAsString() == Must(GetTopic(ben, here)).SerializeAsString());
  CHECK(got.topics(2).SerializeAsString() == got.topics(0).SerializeAsString());
}

TEST_CASE_METHOD(Fixture, "a topic that one may not read is left out like one that never was") {
  const std::string hidden = Open(ada, secret).name();
  const std::string never = resources::Name(TopicId(Numbered(99)));
  CHECK(Must(Get(eve, {hidden, here})).SerializeAsString() ==
        Must(Get(eve, {never, here})).SerializeAsString());
  CHECK(Told(eve, {hidden, here}) == Names{here});
  CHECK(Told(ada, {hidden, here}) == Names{hidden, here});
  Move(here, secret);
  CHECK(Told(eve, {here}).empty());
}

TEST_CASE_METHOD(Fixture, "a deleted topic is left out, for its author too") {
  v1::DeleteTopicRequest request;
  request.set_name(here);
  request.set_request_id(NewRequestId());
  Must(Call<v1::DeleteTopicResponse>(ada, "DeleteTopic", request));
  CHECK(Told(ada, {here, there}) == Names{there});
}

TEST_CASE_METHOD(Fixture, "a question names 100 topics at most, and nothing but topics") {
  CHECK(Told(ben, Names(100, here)).size() == 100);
  CHECK(Is(Get(ben, Names(101, here)).status(), policy_reasons::kFieldInvalid));
  CHECK(Told(ben, {}).empty());
  for (const std::string& name : {std::string(), std::string("topics/x"), here + "/posts/1"}) {
    CHECK(Is(Get(ben, {here, name}).status(), policy_reasons::kFieldInvalid));
  }
}

}  // namespace
}  // namespace guildhall::discussions
