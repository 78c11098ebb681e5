#include <atomic>
#include <thread>

#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  Fixture() {
    for (const CommunityId place : {open, secret}) facts.SetRole(place, ben, Role::kModerator);
  }

  v1::Topic topic = Open(ada, open);
  v1::Post post = Post(ada, topic.name());

  v1::MoveTopicRequest Request(CommunityId destination) {
    return MoveRequest(topic.name(), destination);
  }
};

TEST_CASE_METHOD(Fixture, "a moved topic is found by its names, in the new place alone") {
  REQUIRE(GetPost(eve, post.name()).ok());
  const v1::Topic moved = Must(TryToMove(ben, Request(secret)));
  CHECK(moved.community() == resources::Name(secret));
  CHECK(Must(GetPost(ada, post.name())).SerializeAsString() == post.SerializeAsString());
  CHECK(Must(GetPost(ada, topic.name() + "/posts/2")).name() == post.name());
  CHECK(TopicsIn(ada, secret) == std::vector{topic.name()});
  CHECK(TopicsIn(ada, open).empty());
  // Who reads the old place alone finds what it would find had the topic never been.
  CHECK(Told(GetTopic(eve, topic.name()).status()) ==
        Told(GetTopic(eve, resources::Name(TopicId(Numbered(98)))).status()));
}

TEST_CASE_METHOD(Fixture, "who has read a topic has read it where it went") {
  v1::UpdateReadStateRequest mark;
  mark.mutable_read_state()->set_topic(topic.name());
  mark.mutable_read_state()->set_last_read_number(1);
  Must(Call<v1::ReadState>(ben, "UpdateReadState", mark));
  Must(TryToMove(ben, Request(secret)));
  v1::BatchGetReadStatesRequest ask;
  ask.add_topics(topic.name());
  const auto states = Must(Call<v1::BatchGetReadStatesResponse>(ben, "BatchGetReadStates", ask));
  REQUIRE(states.read_states_size() == 1);
  CHECK(states.read_states(0).unread_count() == 1);
}

TEST_CASE_METHOD(Fixture, "who moves a topic keeps order in both places") {
  CHECK(Is(TryToMove(ada, Request(secret)).status(), policy_reasons::kNotPermitted));
  // A member of CLOSED, and of what it does not see nothing.
  CHECK(Is(TryToMove(ben, Request(closed)).status(), policy_reasons::kNotPermitted));
  facts.SetRole(secret, ben, Role::kNone);
  const absl::Status hidden = TryToMove(ben, Request(secret)).status();
  CHECK(Is(hidden, policy_reasons::kNotFound));
  CHECK(Told(hidden) == Told(TryToMove(ben, Request(CommunityId(Numbered(98)))).status()));
  facts.SetRole(secret, ben, Role::kOwner);
  CHECK(TryToMove(ben, Request(secret)).ok());
}

TEST_CASE_METHOD(Fixture, "a topic leaves its pin behind, and stays closed") {
  database.Run("UPDATE topics SET pinned = true, closer_id = author_id");
  const v1::Topic moved = Must(TryToMove(ben, Request(secret)));
  CHECK_FALSE(moved.pinned());
  CHECK(moved.closed());
  CHECK(Must(GetTopic(ben, topic.name())).SerializeAsString() == moved.SerializeAsString());
}

TEST_CASE_METHOD(Fixture, "a move is told of where the topic left, and then where it is") {
  database.Run("DELETE FROM change_log");
  const auto request = Request(secret);
  Must(TryToMove(ben, request));
  Must(TryToMove(ben, request));
  const std::string id = resources::ParseTopic("", topic.name())->ToString();
  CHECK(database.Ask("SELECT string_agg(kind || ' ' || key || ' ' || resource, ', ' ORDER BY n) "
                     "FROM change_log") ==
        "50 " + id + " " + open.ToString() + ", 51 " + id + " " + id);
}

TEST_CASE_METHOD(Fixture, "a move to where the topic stands changes nothing") {
  CHECK(Must(TryToMove(ben, Request(open))).etag() == topic.etag());
  CHECK(database.Ask("SELECT count(*) FROM change_log WHERE kind >= 50") == "0");
}

TEST_CASE_METHOD(Fixture, "a topic is moved as it was read") {
  auto request = Request(secret);
  request.set_etag("\"stale\"");
  CHECK(Is(TryToMove(ben, request).status(), policy_reasons::kEtagStale));
  request.set_destination("secret");
  CHECK(Is(TryToMove(ben, request).status(), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "posts and moves at once leave no gap and lose nothing") {
  // Not on the test's own thread: nothing is asserted there.
  std::vector<std::thread> writers;
  std::atomic<int> posted{0};
  for (int writer = 0; writer < 4; ++writer) {
    writers.emplace_back([&] {
      for (int n = 0; n < 10; ++n) {
        const auto request = PostRequest(topic.name(), "Rye.");
        while (!Call<v1::Post>(ada, "CreatePost", request).ok()) {
        }
        ++posted;
      }
    });
  }
  for (int n = 0; n < 20; ++n) {
    const auto request = Request(n % 2 == 0 ? secret : open);
    while (!TryToMove(ben, request).ok()) {
    }
  }
  for (std::thread& writer : writers) writer.join();
  CHECK(posted == 40);
  CHECK(Must(GetTopic(ada, topic.name())).last_post_number() == 42);
  CHECK(database.Ask("SELECT count(*) || ' ' || max(number) FROM posts") == "42 42");
}

}  // namespace
}  // namespace guildhall::discussions
