#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  v1::Topic topic = Open(ada, open);
  v1::DeleteTopicRequest Request(const std::string& etag = "") {
    v1::DeleteTopicRequest request;
    request.set_name(topic.name());
    request.set_etag(etag);
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::Status Delete(MemberId who, const v1::DeleteTopicRequest& request) {
    return Call<v1::DeleteTopicResponse>(who, "DeleteTopic", request).status();
  }
};

TEST_CASE_METHOD(Fixture, "a topic that nobody else posted into goes with all its posts") {
  Post(ada, topic.name());
  CHECK(Delete(ada, Request(topic.etag())).ok());
  CHECK(Is(GetTopic(ada, topic.name()).status(), policy_reasons::kNotFound));
  CHECK(Is(GetPost(ada, topic.name() + "/posts/1").status(), policy_reasons::kNotFound));
  CHECK(database.Ask("SELECT count(*) FROM posts") == "0");
}

TEST_CASE_METHOD(Fixture, "nothing is written into a deleted topic") {
  REQUIRE(Delete(ada, Request()).ok());
  CHECK(Is(Delete(ada, Request()), policy_reasons::kNotFound));
  CHECK(Is(Call<v1::Post>(ada, "CreatePost", PostRequest(topic.name(), "Rye.")).status(),
           policy_reasons::kNotFound));
  v1::UpdateReadStateRequest mark;
  mark.mutable_read_state()->set_topic(topic.name());
  CHECK(Is(Call<v1::ReadState>(ada, "UpdateReadState", mark).status(), policy_reasons::kNotFound));
  v1::ListPostsRequest list;
  list.set_parent(topic.name());
  CHECK(
      Is(Call<v1::ListPostsResponse>(ada, "ListPosts", list).status(), policy_reasons::kNotFound));
}

TEST_CASE_METHOD(Fixture, "a deletion that is repeated gets its first answer") {
  const auto request = Request();
  CHECK(Delete(ada, request).ok());
  CHECK(Delete(ada, request).ok());
  CHECK(database.Ask("SELECT count(*) FROM change_log WHERE kind = 9") == "1");
}

TEST_CASE_METHOD(Fixture, "a topic in which others posted stays") {
  Post(ben, topic.name());
  CHECK(Is(Delete(ada, Request()), reasons::kTopicHasReplies));
  CHECK(GetTopic(ada, topic.name()).ok());
}

TEST_CASE_METHOD(Fixture, "a topic is deleted by its author, and as it was read") {
  CHECK(Is(Delete(ben, Request()), policy_reasons::kNotPermitted));
  CHECK(Is(Delete(ada, Request("\"stale\"")), policy_reasons::kEtagStale));
}

}  // namespace
}  // namespace guildhall::discussions
