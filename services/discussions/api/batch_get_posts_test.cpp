#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;
using Names = std::vector<std::string>;

struct Fixture : ApiFixture {
  absl::StatusOr<v1::BatchGetPostsResponse> Get(MemberId who, const Names& names) {
    v1::BatchGetPostsRequest request;
    for (const std::string& name : names) request.add_names(name);
    return Call<v1::BatchGetPostsResponse>(who, "ReadingService/BatchGetPosts", request);
  }
  static Names Told(const v1::BatchGetPostsResponse& response) {
    Names names;
    for (const v1::Post& post : response.posts()) names.push_back(post.name());
    return names;
  }
  static Names Remaining(const v1::BatchGetPostsResponse& response) {
    return {response.remaining_names().begin(), response.remaining_names().end()};
  }

  const std::string here = Open(ada, open).name(), there = Open(ada, closed).name();
};

TEST_CASE_METHOD(Fixture, "posts of many topics come in the order of the question, by any name") {
  const v1::Post first = Post(ben, here), second = Post(ada, there, "*Rye.*");
  const auto got =
      Must(Get(ben, {second.name(), here + "/posts/2", first.name(), there + "/posts/1"}));
  REQUIRE(got.posts_size() == 4);
  CHECK(got.posts(0).SerializeAsString() == Must(GetPost(ben, second.name())).SerializeAsString());
  CHECK(got.posts(1).SerializeAsString() == Must(GetPost(ben, first.name())).SerializeAsString());
  CHECK(got.posts(2).SerializeAsString() == got.posts(1).SerializeAsString());
  CHECK(got.posts(3).number() == 1);
  CHECK(got.remaining_names_size() == 0);
}

TEST_CASE_METHOD(Fixture, "posts come with what they quote, and deleted ones without text") {
  v1::CreatePostRequest quoting = PostRequest(here, "Indeed.");
  v1::Quote& quote = *quoting.mutable_post()->add_quotes();
  quote.set_post(Post(ada, here, "Bread is rye.").name());
  quote.set_text("is rye");
  const v1::Post post = Must(Call<v1::Post>(ben, "CreatePost", quoting));
  const v1::Post gone = Post(ben, there);
  v1::DeletePostRequest request;
  request.set_name(gone.name());
  request.set_request_id(NewRequestId());
  Must(Call<v1::DeletePostResponse>(ben, "DeletePost", request));
  const auto got = Must(Get(ada, {gone.name(), post.name()}));
  REQUIRE(got.posts_size() == 2);
  CHECK(got.posts(0).markdown().empty());
  CHECK(got.posts(0).has_delete_time());
  CHECK(got.posts(1).SerializeAsString() == Must(GetPost(ada, post.name())).SerializeAsString());
  CHECK(got.posts(1).quotes_size() == 1);
}

TEST_CASE_METHOD(Fixture, "what one may not read is left out like what never was") {
  const v1::Post visible = Post(ada, here);
  const std::string hidden = Open(ada, secret).name();
  const std::string never = resources::Name(TopicId(Numbered(99)));
  const auto with = [&](const std::string& topic, const std::string& post) {
    return Must(Get(eve, {topic + "/posts/1", visible.name(), post, topic + "/posts/2"}));
  };
  const v1::Post secret_post = Post(ada, hidden);
  const std::string never_post = resources::PostName(TopicId(Numbered(99)), PostId(Numbered(98)));
  CHECK(with(hidden, secret_post.name()).SerializeAsString() ==
        with(never, never_post).SerializeAsString());
  CHECK(Told(with(hidden, secret_post.name())) == Names{visible.name()});
  CHECK(Told(Must(Get(ben, {secret_post.name()}))) == Names{secret_post.name()});
}

TEST_CASE_METHOD(Fixture, "a post is found in its topic alone, and where that stands now") {
  const v1::Post post = Post(ada, here);
  const std::string id = post.name().substr(here.size());
  CHECK(Must(Get(ben, {there + id})).ByteSizeLong() == 0);
  CHECK(Must(Get(ben, {here + "/posts/3"})).ByteSizeLong() == 0);
  Move(here, secret);
  CHECK(Must(Get(eve, {post.name()})).ByteSizeLong() == 0);
  CHECK(Told(Must(Get(ada, {post.name()}))) == Names{post.name()});
}

TEST_CASE_METHOD(Fixture, "the posts of a deleted topic are gone, for its author too") {
  v1::DeleteTopicRequest request;
  request.set_name(here);
  request.set_request_id(NewRequestId());
  Must(Call<v1::DeleteTopicResponse>(ada, "DeleteTopic", request));
  CHECK(Must(Get(ada, {here + "/posts/1"})).ByteSizeLong() == 0);
}

TEST_CASE_METHOD(Fixture, "what does not fit into a reply is named, and asked for again") {
  Names asked;
  for (int n = 0; n < 20; ++n) asked.push_back(Post(ada, here, std::string(60'000, 'x')).name());
  asked.insert(asked.begin() + 4, resources::Name(TopicId(Numbered(99))) + "/posts/1");
  Names got, rest = asked;
  int replies = 0;
  while (!rest.empty()) {
    const auto reply = Must(Get(ben, rest));
    REQUIRE(reply.posts_size() > 0);
    CHECK(reply.ByteSizeLong() < 1'100'000);
    for (const std::string& name : Told(reply)) got.push_back(name);
    rest = Remaining(reply);
    ++replies;
  }
  asked.erase(asked.begin() + 4);
  CHECK(got == asked);
  CHECK(replies == 3);
}

TEST_CASE_METHOD(Fixture, "what is asked for are 40 posts, by names of posts") {
  const std::string first = here + "/posts/1";
  CHECK(Must(Get(ben, Names(40, first))).posts_size() == 40);
  CHECK(Is(Get(ben, Names(41, first)).status(), policy_reasons::kFieldInvalid));
  CHECK(Must(Get(ben, {})).ByteSizeLong() == 0);
  for (const std::string& name : {std::string(), here, here + "/posts/0", here + "/posts/x"}) {
    CHECK(Is(Get(ben, {first, name}).status(), policy_reasons::kFieldInvalid));
  }
}

}  // namespace
}  // namespace guildhall::discussions
