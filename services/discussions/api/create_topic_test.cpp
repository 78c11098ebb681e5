#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  v1::CreateTopicRequest Request(CommunityId where, const std::string& title = "Bread",
                                 const std::string& markdown = "Which flour?") {
    v1::CreateTopicRequest request;
    request.set_parent(resources::Name(where));
    request.mutable_topic()->set_title(title);
    request.set_markdown(markdown);
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::Status Try(MemberId who, const v1::CreateTopicRequest& request) {
    return Call<v1::Topic>(who, "CreateTopic", request).status();
  }
};

TEST_CASE_METHOD(Fixture, "a topic opens with its first post") {
  const v1::Topic topic = Must(Call<v1::Topic>(ada, "CreateTopic", Request(open)));
  CHECK(topic.community() == resources::Name(open));
  CHECK(topic.author() == resources::Name(ada));
  CHECK(topic.last_author() == resources::Name(ada));
  CHECK(topic.last_post_number() == 1);
  CHECK(Must(GetTopic(ben, topic.name())).SerializeAsString() == topic.SerializeAsString());
  const v1::Post first = Must(GetPost(ben, topic.name() + "/posts/1"));
  CHECK(first.markdown() == "Which flour?");
  CHECK(first.create_time().seconds() == topic.create_time().seconds());
}

TEST_CASE_METHOD(Fixture, "a topic that is opened again with its request id is one topic") {
  const auto request = Request(open);
  const v1::Topic topic = Must(Call<v1::Topic>(ada, "CreateTopic", request));
  CHECK(Must(Call<v1::Topic>(ada, "CreateTopic", request)).name() == topic.name());
  CHECK(database.Ask("SELECT count(*) FROM topics") == "1");
}

TEST_CASE_METHOD(Fixture, "a topic needs a title and a text") {
  CHECK(Is(Try(ada, Request(open, "")), policy_reasons::kFieldInvalid));
  CHECK(Is(Try(ada, Request(open, "two\nlines")), policy_reasons::kFieldInvalid));
  CHECK(Is(Try(ada, Request(open, std::string(201, 'x'))), policy_reasons::kFieldInvalid));
  CHECK(Is(Try(ada, Request(open, "Bread", " ")), policy_reasons::kFieldInvalid));
  CHECK(database.Ask("SELECT count(*) FROM topics") == "0");
}

TEST_CASE_METHOD(Fixture, "outsiders open no topics, and learn of no SECRET community") {
  CHECK(Is(Try(eve, Request(open)), policy_reasons::kNotPermitted));
  CHECK(Is(Try(eve, Request(closed)), policy_reasons::kNotPermitted));
  CHECK(Told(Try(eve, Request(secret))) == Told(Try(eve, Request(CommunityId(Numbered(99))))));
}

}  // namespace
}  // namespace guildhall::discussions
