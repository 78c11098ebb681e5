// What becomes of answers where posts go into other topics, and come back.
#include "services/discussions/api/carrying_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : CarryingFixture {
  v1::Topic topic = Open(ada, open);
  v1::Post question = Post(ben, topic.name());

  v1::CreatePostRequest AnswerTo(int number) {
    v1::CreatePostRequest request = PostRequest(topic.name(), "Yes.");
    request.mutable_post()->set_reply_to_number(number);
    return request;
  }
};

TEST_CASE_METHOD(Fixture, "where a post stood that went elsewhere nobody answers") {
  Split(topic.name(), {question.name()});
  const std::string log = "SELECT count(*) FROM change_log", before = database.Ask(log);
  const auto refused = Call<v1::Post>(ada, "CreatePost", AnswerTo(question.number()));
  CHECK(Is(refused.status(), policy_reasons::kFieldInvalid));
  CHECK(database.Ask(log) == before);
  CHECK(PostsOf(ada, topic.name())[1].reply_count() == 0);
  CheckWhole();
}

TEST_CASE_METHOD(Fixture, "an answer answers where its question stood, also when that comes back") {
  const v1::Post answer = Answer(question, topic.name());
  const v1::Topic cake = Split(topic.name(), {question.name()});
  Merge(cake.name(), topic.name());
  const auto posts = PostsOf(ada, topic.name());
  REQUIRE(posts.size() == 4);
  CHECK(posts[1].moved());
  CHECK(posts[1].reply_count() == 1);
  CHECK(posts[2].name() == answer.name());
  CHECK(posts[2].reply_to_number() == 2);
  // It comes after what answered it, and is found by its number of then.
  CHECK(posts[3].reply_count() == 0);
  CHECK(Must(GetPost(eve, topic.name() + "/posts/2")).number() == 4);
  CHECK(Answer(posts[3], topic.name()).reply_to_number() == 4);
  CHECK(PostsOf(ada, topic.name())[3].reply_count() == 1);
  CheckWhole();
}

}  // namespace
}  // namespace guildhall::discussions
