// Split and merge: posts go into another topic, and are found by every name that they had.
#include "services/discussions/api/carrying_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : CarryingFixture {
  const v1::Topic topic = Open(ada, open);
  const v1::Post second = Post(ada, topic.name());
  const v1::Post third = Post(ben, topic.name());
  const v1::Post fourth = Post(ada, topic.name());
  const std::string nothing =
      Told(GetPost(ada, resources::PostName(TopicId(Numbered(98)), PostId(Numbered(99)))).status());

  std::string Numbered4(const v1::Topic& it) { return it.name() + "/posts/4"; }
};

TEST_CASE_METHOD(Fixture, "posts that are split off are a topic of their own, from 1 on") {
  const v1::Topic cake = Split(topic.name(), {fourth.name(), second.name()});
  CHECK(cake.title() == "Cake");
  CHECK(cake.author() == resources::Name(ada));
  CHECK(cake.last_post_number() == 2);
  CHECK(Must(GetTopic(ada, cake.name())).SerializeAsString() == cake.SerializeAsString());
  const auto posts = PostsOf(ada, cake.name());
  REQUIRE(posts.size() == 2);
  CHECK(posts[0].number() == 1);
  CHECK(posts[0].create_time().SerializeAsString() == second.create_time().SerializeAsString());
  CHECK(posts[1].markdown() == fourth.markdown());
  CheckWhole();
}

TEST_CASE_METHOD(Fixture, "where posts stood their numbers stay, and lead to where they are") {
  const v1::Topic cake = Split(topic.name(), {second.name(), fourth.name()});
  const auto left = PostsOf(ada, topic.name());
  REQUIRE(left.size() == 4);
  CHECK(left[1].moved());
  CHECK(left[1].markdown().empty());
  CHECK_FALSE(left[2].moved());
  const std::string now = PostsOf(ada, cake.name())[1].name();
  for (const std::string& name : {fourth.name(), left[3].name(), Numbered4(topic), now}) {
    CHECK(Must(GetPost(ada, name)).name() == now);
  }
  CHECK(Post(ada, topic.name()).number() == 5);
}

TEST_CASE_METHOD(Fixture, "a topic from which the last posts go ends with what is left of it") {
  Split(topic.name(), {fourth.name()});
  const v1::Topic left = Must(GetTopic(ada, topic.name()));
  CHECK(left.last_post_number() == 4);
  CHECK(left.last_author() == resources::Name(ben));
  CHECK(left.etag() != topic.etag());
}

TEST_CASE_METHOD(Fixture, "old names tell nothing to who may not read where the posts are") {
  const v1::Topic cake = Split(topic.name(), {fourth.name()});
  Move(cake.name(), secret);
  for (const std::string& name : {fourth.name(), Numbered4(topic)}) {
    CHECK(GetPost(ada, name).ok());
    CHECK(Told(GetPost(eve, name).status()) == nothing);
  }
  const std::string marker = PostsOf(eve, topic.name())[3].name();
  CHECK(Told(GetPost(eve, marker).status()) == nothing);
}

TEST_CASE_METHOD(Fixture, "a topic that is merged away is found by its names, number and all") {
  const v1::Topic bread = Open(ben, open, "Rye bread");
  const v1::Topic all = Merge(topic.name(), bread.name());
  CHECK(all.name() == bread.name());
  CHECK(all.title() == "Rye bread");
  CHECK(all.last_post_number() == 5);
  CHECK(Must(GetTopic(eve, topic.name())).name() == bread.name());
  CHECK(TopicsIn(ada, open) == std::vector{bread.name()});
  const std::string now = PostsOf(ada, bread.name())[4].name();
  for (const std::string& name : {fourth.name(), Numbered4(topic)}) {
    CHECK(Must(GetPost(eve, name)).name() == now);
  }
  CHECK(Is(Call<v1::Post>(ada, "CreatePost", PostRequest(topic.name(), "Late.")).status(),
           policy_reasons::kNotFound));
  CheckWhole();
}

TEST_CASE_METHOD(Fixture, "names lead on, however often posts go on, and back") {
  const v1::Topic cake = Split(topic.name(), {second.name(), fourth.name()});
  const std::string in_cake = PostsOf(ada, cake.name())[1].name();
  const v1::Topic other = Open(ada, open, "Other");
  Merge(cake.name(), other.name());
  const std::string in_other = PostsOf(ada, other.name())[2].name();
  Merge(other.name(), topic.name());
  CHECK(Must(GetTopic(ada, cake.name())).name() == topic.name());
  const v1::Post now = PostsOf(ada, topic.name())[6];
  CHECK(now.name() == fourth.name());
  for (const std::string& name : {fourth.name(), in_cake, in_other, Numbered4(topic)}) {
    CHECK(Must(GetPost(ada, name)).number() == now.number());
  }
  CheckWhole();
}

TEST_CASE_METHOD(Fixture, "a topic that went on out of sight is not told of by its old name") {
  const v1::Topic bread = Open(ben, open);
  Merge(topic.name(), bread.name());
  Move(bread.name(), secret);
  const auto places = Must(GetTopicPlaces(*database, {.deadline = Deadline::After(deadline)},
                                          std::vector{*resources::ParseTopic("", topic.name())}));
  CHECK(places[0]->community == secret);
  CHECK(Told(GetPost(eve, fourth.name()).status()) == nothing);
}

TEST_CASE_METHOD(Fixture, "where posts went and were deleted with their topic they never were") {
  const v1::Topic cake = Split(topic.name(), {second.name()});
  const std::string now = PostsOf(ada, cake.name())[0].name();
  const std::string marker = PostsOf(ada, topic.name())[1].name();
  v1::DeleteTopicRequest request;
  request.set_name(cake.name());
  request.set_request_id(NewRequestId());
  Must(Call<v1::DeleteTopicResponse>(ada, "DeleteTopic", request));
  for (const std::string& name :
       {second.name(), marker, topic.name() + "/posts/2", now, cake.name() + "/posts/1"}) {
    CHECK(Told(GetPost(eve, name).status()) == nothing);
    CHECK_FALSE(GetPost(ada, name).ok());
  }
  CheckWhole();
}

TEST_CASE_METHOD(Fixture, "names in a topic that is gone lead to what went away before") {
  const v1::Topic cake = Split(topic.name(), {second.name()});
  const std::string now = PostsOf(ada, cake.name())[0].name();
  v1::RemoveTopicRequest request;
  request.set_name(topic.name());
  request.set_reason("Not here.");
  request.set_request_id(NewRequestId());
  Must(Call<v1::Removal>(ben, "ModerationService/RemoveTopic", request));
  for (const std::string& name : {second.name(), topic.name() + "/posts/2"}) {
    CHECK(Must(GetPost(eve, name)).name() == now);
  }
  CHECK(Told(GetPost(eve, third.name()).status()) == nothing);
  CheckWhole();
}

TEST_CASE_METHOD(Fixture, "who splits keeps order there, and names posts that stand in the topic") {
  CHECK(Is(Split(ada, SplitRequest(topic.name(), {second.name()})).status(),
           policy_reasons::kNotPermitted));
  const v1::Topic other = Open(ada, open);
  const auto refused = [&](std::vector<std::string> posts) {
    return Split(ben, SplitRequest(topic.name(), std::move(posts))).status();
  };
  CHECK(Is(refused({}), policy_reasons::kFieldInvalid));
  CHECK(Is(refused({Post(ada, other.name()).name()}), policy_reasons::kFieldInvalid));
  CHECK(Is(refused({PostsOf(ada, topic.name())[0].name()}), reasons::kFirstPost));
  Split(topic.name(), {second.name()});
  CHECK(Is(refused({second.name()}), policy_reasons::kFieldInvalid));
  auto request = SplitRequest(topic.name(), {third.name()});
  request.set_etag(topic.etag());
  CHECK(Is(Split(ben, request).status(), policy_reasons::kEtagStale));
}

TEST_CASE_METHOD(Fixture, "who merges keeps order where both topics stand, which is one place") {
  const v1::Topic other = Open(ada, open), hidden = Open(ada, secret);
  CHECK(Is(Merge(ada, MergeRequest(topic.name(), other.name())).status(),
           policy_reasons::kNotPermitted));
  CHECK(Is(Merge(ben, MergeRequest(topic.name(), hidden.name())).status(),
           policy_reasons::kFieldInvalid));
  CHECK(Is(Merge(ben, MergeRequest(topic.name(), topic.name())).status(),
           policy_reasons::kFieldInvalid));
  facts.SetRole(secret, ben, Role::kNone);
  CHECK(Told(Merge(ben, MergeRequest(topic.name(), hidden.name())).status()) == nothing);
  auto request = MergeRequest(topic.name(), other.name());
  request.set_destination_etag("\"9\"");
  CHECK(Is(Merge(ben, request).status(), policy_reasons::kEtagStale));
  database.Run("UPDATE topics SET closer_id = author_id");
  CHECK(Is(Merge(ben, MergeRequest(topic.name(), other.name())).status(), reasons::kTopicClosed));
}

TEST_CASE_METHOD(Fixture, "a repeated split or merge is done once and answered alike") {
  const auto split = SplitRequest(topic.name(), {second.name()});
  const v1::Topic cake = Must(Split(ben, split));
  CHECK(Must(Split(ben, split)).name() == cake.name());
  const auto merge = MergeRequest(topic.name(), cake.name());
  const v1::Topic all = Must(Merge(ben, merge));
  CHECK(Must(Merge(ben, merge)).SerializeAsString() == all.SerializeAsString());
  CHECK(database.Ask("SELECT count(*) FROM topics") == "2");
  CheckWhole();
}

TEST_CASE_METHOD(Fixture, "a post that was written is told of again, wherever it went") {
  const auto request = PostRequest(topic.name(), "Spelt.");
  const v1::Post post = Must(Call<v1::Post>(ada, "CreatePost", request));
  Merge(topic.name(), Open(ben, open).name());
  CHECK(Must(Call<v1::Post>(ada, "CreatePost", request)).name() == post.name());
}

TEST_CASE_METHOD(Fixture, "live pages of both topics hear that posts moved, and which is gone") {
  const auto id = [](const v1::Topic& it) {
    return resources::ParseTopic("", it.name())->ToString();
  };
  const auto told = [&] {
    return database.Ask("SELECT string_agg(kind || ' ' || key, ', ' ORDER BY n) FROM change_log");
  };
  database.Run("DELETE FROM change_log");
  const v1::Topic cake = Split(topic.name(), {second.name()});
  CHECK(told() == "7 " + id(cake) + ", 60 " + id(topic) + ", 60 " + id(cake));
  database.Run("DELETE FROM change_log");
  Merge(cake.name(), topic.name());
  CHECK(told() == "60 " + id(cake) + ", 60 " + id(topic) + ", 9 " + id(cake));
}

}  // namespace
}  // namespace guildhall::discussions
