#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  v1::Topic topic = Open(ada, open);
  v1::Post question = Post(ben, topic.name(), "Which oven?");

  v1::CreatePostRequest AnswerTo(int number, const std::string& markdown = "Yours.") {
    v1::CreatePostRequest request = PostRequest(topic.name(), markdown);
    request.mutable_post()->set_reply_to_number(number);
    return request;
  }
  v1::Post Answer(MemberId who, int number, const std::string& markdown = "Yours.") {
    return Must(Call<v1::Post>(who, "CreatePost", AnswerTo(number, markdown)));
  }
  int ReplyCount(const v1::Post& post) { return Must(GetPost(eve, post.name())).reply_count(); }
  absl::Status Delete(MemberId who, const v1::Post& post) {
    v1::DeletePostRequest request;
    request.set_name(post.name());
    request.set_request_id(NewRequestId());
    return Call<v1::DeletePostResponse>(who, "DeletePost", request).status();
  }
  v1::ListPostsRequest RepliesTo(int number) {
    v1::ListPostsRequest request;
    request.set_parent(topic.name());
    request.set_reply_to_number(number);
    return request;
  }
  std::string Told() {
    return database.Ask("SELECT string_agg(kind::text, ' ' ORDER BY n) FROM change_log");
  }
};

TEST_CASE_METHOD(Fixture, "an answer names the post that it answers, which counts it") {
  CHECK(question.reply_to_number() == 0);
  const v1::Post answer = Answer(ada, question.number());
  CHECK(answer.reply_to_number() == question.number());
  CHECK(answer.number() == 3);
  CHECK(ReplyCount(question) == 1);
  Answer(ben, answer.number());
  CHECK(ReplyCount(question) == 1);
  CHECK(ReplyCount(answer) == 1);
  CHECK(Must(GetPost(eve, question.name())).etag() == question.etag());
}

TEST_CASE_METHOD(Fixture, "a post answers one that is there, and not itself") {
  for (const int number : {3, 99, -1}) {
    CHECK(Is(Call<v1::Post>(ada, "CreatePost", AnswerTo(number)).status(),
             policy_reasons::kFieldInvalid));
  }
}

TEST_CASE_METHOD(Fixture, "an answer that is deleted or removed is not counted any more") {
  const v1::Post first = Answer(ada, question.number()), second = Answer(ada, question.number());
  REQUIRE(Delete(ada, first).ok());
  CHECK(ReplyCount(question) == 1);
  facts.SetRole(open, ben, Role::kModerator);
  v1::RemovePostRequest removal;
  removal.set_name(second.name());
  removal.set_reason("No.");
  removal.set_request_id(NewRequestId());
  Must(Call<v1::Removal>(ben, "ModerationService/RemovePost", removal));
  CHECK(ReplyCount(question) == 0);
  CHECK(Must(GetPost(eve, first.name())).reply_to_number() == question.number());
}

TEST_CASE_METHOD(Fixture, "what was deleted or removed is answered no more, until it is back") {
  const v1::Post gone = Answer(ada, question.number());
  REQUIRE(Delete(ada, gone).ok());
  const std::string told = Told();
  CHECK(Is(Call<v1::Post>(ben, "CreatePost", AnswerTo(gone.number())).status(),
           policy_reasons::kFieldInvalid));
  CHECK(Told() == told);
  facts.SetRole(open, ada, Role::kModerator);
  v1::RemovePostRequest removal;
  removal.set_name(question.name());
  removal.set_reason("No.");
  removal.set_request_id(NewRequestId());
  Must(Call<v1::Removal>(ada, "ModerationService/RemovePost", removal));
  const auto refused = AnswerTo(question.number());
  CHECK(Is(Call<v1::Post>(ben, "CreatePost", refused).status(), policy_reasons::kFieldInvalid));
  v1::RestorePostRequest restoring;
  restoring.set_name(question.name());
  restoring.set_request_id(NewRequestId());
  Must(Call<v1::Post>(ada, "ModerationService/RestorePost", restoring));
  CHECK(Call<v1::Post>(ben, "CreatePost", refused).ok());
  CHECK(ReplyCount(question) == 1);
}

TEST_CASE_METHOD(Fixture, "an answer outlives what it answers") {
  const v1::Post answer = Answer(ada, question.number());
  REQUIRE(Delete(ben, question).ok());
  CHECK(Must(GetPost(eve, answer.name())).reply_to_number() == question.number());
  CHECK(Delete(ada, answer).ok());
}

TEST_CASE_METHOD(Fixture, "answers to a post are listed in their order, in pages") {
  const v1::Post first = Answer(ada, question.number());
  Post(ada, topic.name());
  const v1::Post second = Answer(ben, question.number());
  v1::ListPostsRequest request = RepliesTo(question.number());
  request.set_page_size(1);
  const auto page = Must(Call<v1::ListPostsResponse>(eve, "ListPosts", request));
  REQUIRE(page.posts_size() == 1);
  CHECK(page.posts(0).name() == first.name());
  request.set_page_token(page.next_page_token());
  const auto next = Must(Call<v1::ListPostsResponse>(eve, "ListPosts", request));
  REQUIRE(next.posts_size() == 1);
  CHECK(next.posts(0).name() == second.name());
  CHECK(next.next_page_token().empty());
  // A token of the one list is none of the other.
  request.clear_reply_to_number();
  CHECK(Is(Call<v1::ListPostsResponse>(eve, "ListPosts", request).status(),
           policy_reasons::kPageTokenInvalid));
  CHECK(Must(Call<v1::ListPostsResponse>(eve, "ListPosts", RepliesTo(4))).posts_size() == 0);
}

TEST_CASE_METHOD(Fixture, "that a post has another number of answers is told") {
  database.Run("DELETE FROM change_log");
  const v1::Post answer = Answer(ada, question.number());
  CHECK(Told() == "52 10");
  REQUIRE(Delete(ada, answer).ok());
  CHECK(Told() == "52 10 52 12 8");
  Post(ada, topic.name());
  CHECK(Told() == "52 10 52 12 8 10");
}

TEST_CASE_METHOD(Fixture, "an answer that is sent twice with one request is counted once") {
  const auto request = AnswerTo(question.number());
  Must(Call<v1::Post>(ada, "CreatePost", request));
  Must(Call<v1::Post>(ada, "CreatePost", request));
  CHECK(ReplyCount(question) == 1);
}

}  // namespace
}  // namespace guildhall::discussions
