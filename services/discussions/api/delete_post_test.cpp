#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  v1::Topic topic = Open(ada, open);
  v1::Post post = Post(ben, topic.name(), "a secret");
  v1::DeletePostRequest Request(const std::string& name, const std::string& etag = "") {
    v1::DeletePostRequest request;
    request.set_name(name);
    request.set_etag(etag);
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::Status Delete(MemberId who, const v1::DeletePostRequest& request) {
    return Call<v1::DeletePostResponse>(who, "DeletePost", request).status();
  }
};

TEST_CASE_METHOD(Fixture, "a deleted post keeps its number and loses its text") {
  REQUIRE(Delete(ben, Request(post.name(), post.etag())).ok());
  const v1::Post deleted = Must(GetPost(ada, topic.name() + "/posts/2"));
  CHECK(deleted.name() == post.name());
  CHECK(deleted.has_delete_time());
  CHECK(deleted.markdown().empty());
  CHECK(deleted.html().empty());
  CHECK(Post(ada, topic.name()).number() == 3);
  CHECK(database.Ask("SELECT count(*) FROM posts WHERE markdown LIKE '%secret%'") == "0");
}

TEST_CASE_METHOD(Fixture, "a deleted post is neither edited nor deleted again") {
  const auto request = Request(post.name());
  REQUIRE(Delete(ben, request).ok());
  CHECK(Delete(ben, request).ok());
  CHECK(Is(Delete(ben, Request(post.name())), policy_reasons::kNotFound));
  v1::UpdatePostRequest edit;
  edit.mutable_post()->set_name(post.name());
  edit.mutable_post()->set_markdown("back again");
  edit.mutable_update_mask()->add_paths("markdown");
  edit.set_request_id(NewRequestId());
  CHECK(Is(Call<v1::Post>(ben, "UpdatePost", edit).status(), policy_reasons::kNotFound));
}

TEST_CASE_METHOD(Fixture, "the first post is deleted with its topic only") {
  const std::string first = Must(GetPost(ada, topic.name() + "/posts/1")).name();
  CHECK(Is(Delete(ada, Request(first)), reasons::kFirstPost));
}

TEST_CASE_METHOD(Fixture, "a post is deleted by its author, and as it was read") {
  CHECK(Is(Delete(ada, Request(post.name())), policy_reasons::kNotPermitted));
  CHECK(Is(Delete(ben, Request(post.name(), "\"stale\"")), policy_reasons::kEtagStale));
}

}  // namespace
}  // namespace guildhall::discussions
