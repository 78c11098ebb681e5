#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

TEST_CASE_METHOD(ApiFixture, "a permalink leads to the post of that number") {
  const v1::Topic topic = Open(ada, open);
  const v1::Post post = Post(ben, topic.name());
  CHECK(Must(GetPost(eve, topic.name() + "/posts/2")).name() == post.name());
  CHECK(Is(GetPost(eve, topic.name() + "/posts/3").status(), policy_reasons::kNotFound));
  CHECK(Is(GetPost(eve, topic.name() + "/posts/0").status(), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(ApiFixture, "a post is found in its own topic only") {
  const v1::Post post = Post(ada, Open(ada, open).name());
  const std::string id = post.name().substr(post.name().rfind('/'));
  const std::string elsewhere = Open(ada, open).name() + "/posts" + id;
  CHECK(Is(GetPost(ada, elsewhere).status(), policy_reasons::kNotFound));
}

TEST_CASE_METHOD(ApiFixture, "a post of a SECRET community is to outsiders as one that never was") {
  const v1::Topic topic = Open(ada, secret);
  const v1::Post post = Post(ada, topic.name());
  const std::string never =
      Told(GetPost(eve, resources::Name(TopicId(Numbered(99))) + "/posts/1").status());
  CHECK(Told(GetPost(eve, post.name()).status()) == never);
  CHECK(Told(GetPost(eve, topic.name() + "/posts/1").status()) == never);
  CHECK(Told(GetPost(eve, topic.name() + "/posts/7").status()) == never);
  CHECK(Told(GetPost(ada, topic.name() + "/posts/7").status()) == never);
}

}  // namespace
}  // namespace guildhall::discussions
