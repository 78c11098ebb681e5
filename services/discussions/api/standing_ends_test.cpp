// What has gone at the end of a topic leaves numbers there, and no other trace: topics stand in
// lists, and are unread, by the last post that stands.
#include <thread>

#include "guildhall/change/v1/change.pb.h"
#include "libs/rpc/times.h"
#include "services/discussions/api/carrying_fixture.h"

namespace guildhall::discussions {
namespace {

using Names = std::vector<std::string>;

// Ada opens a topic, and another one; then Eve advertises in the first. Ben keeps order and has
// read what Ada wrote.
struct Fixture : CarryingFixture {
  Fixture() {
    facts.SetRole(open, eve, Role::kMember);
    topic = Open(ada, open);
    other = OpenLater(ada);
    advert = PostLater(eve, topic.name());
    both = {topic.name(), other.name()};
    without = {other.name(), topic.name()};
    Read(ben, topic.name(), 1);
    Read(ben, other.name(), 1);
  }
  template <typename Request>
  Request Naming(const v1::Post& post) {
    Request request;
    request.set_name(post.name());
    if constexpr (requires { request.set_reason(""); }) request.set_reason("No adverts.");
    request.set_request_id(NewRequestId());
    return request;
  }
  void Remove(const v1::Post& post) {
    Must(Call<v1::Removal>(ben, "ModerationService/RemovePost",
                           Naming<v1::RemovePostRequest>(post)));
  }
  void Restore(const v1::Post& post) {
    Must(
        Call<v1::Post>(ben, "ModerationService/RestorePost", Naming<v1::RestorePostRequest>(post)));
  }
  void Delete(MemberId who, const v1::Post& post) {
    Must(Call<v1::DeletePostResponse>(who, "DeletePost", Naming<v1::DeletePostRequest>(post)));
  }
  v1::Post PostLater(MemberId who, const std::string& where) {
    clock.Advance(absl::Minutes(1));
    return Post(who, where);
  }
  v1::Topic OpenLater(MemberId who) {
    clock.Advance(absl::Minutes(1));
    return Open(who, open);
  }

  v1::Topic Now() { return Must(GetTopic(ada, topic.name())); }
  Names Feed(v1::TopicOrder order) {
    v1::ListFeedRequest request;
    request.add_communities(resources::Name(open));
    request.set_order(order);
    return NamesIn(Must(Call<v1::ListFeedResponse>(ben, "FeedService/ListFeed", request)));
  }
  Names Tagged() {
    v1::ListTaggedTopicsRequest request;
    request.set_parent(resources::Name(open));
    request.set_tag("flour");
    return NamesIn(
        Must(Call<v1::ListTaggedTopicsResponse>(ben, "TagService/ListTaggedTopics", request)));
  }
  template <typename Page>
  static Names NamesIn(const Page& page) {
    Names names;
    for (const v1::Topic& each : page.topics()) names.push_back(each.name());
    return names;
  }
  void Tag(const v1::Topic& it) {
    v1::UpdateTopicRequest request;
    request.mutable_topic()->set_name(it.name());
    request.mutable_topic()->add_tags("flour");
    request.mutable_update_mask()->add_paths("tags");
    request.set_request_id(NewRequestId());
    Must(Call<v1::Topic>(ada, "UpdateTopic", request));
  }

  // The topics that are unread, of which the counts say how many.
  Names Unread(MemberId who) {
    v1::ListUnreadTopicsRequest request;
    request.add_communities(resources::Name(open));
    const auto page =
        Must(Call<v1::ListUnreadTopicsResponse>(who, "ReadingService/ListUnreadTopics", request));
    Names names;
    for (const auto& each : page.unread_topics()) {
      CHECK(each.read_state().unread_count() == State(who, each.topic().name()).unread_count());
      names.push_back(each.topic().name());
    }
    v1::BatchGetUnreadCountsRequest count;
    count.add_communities(resources::Name(open));
    CHECK(Must(Call<v1::BatchGetUnreadCountsResponse>(who, "ReadingService/BatchGetUnreadCounts",
                                                      count))
              .unread_counts(0)
              .unread_topic_count() == static_cast<int>(names.size()));
    return names;
  }
  v1::ReadState State(MemberId who, const std::string& name) {
    v1::BatchGetReadStatesRequest request;
    request.add_topics(name);
    return Must(Call<v1::BatchGetReadStatesResponse>(who, "BatchGetReadStates", request))
        .read_states(0);
  }
  v1::ReadState Rewind(MemberId who, int number) {
    v1::RewindReadStateRequest request;
    request.mutable_read_state()->set_topic(topic.name());
    request.mutable_read_state()->set_last_read_number(number);
    return Must(Call<v1::ReadState>(who, "ReadingService/RewindReadState", request));
  }
  void MarkAll(MemberId who, absl::Time until) {
    v1::MarkCommunitiesReadRequest request;
    request.add_communities(resources::Name(open));
    *request.mutable_read_time() = rpc::ToProto(until);
    Must(Call<v1::MarkCommunitiesReadResponse>(who, "ReadingService/MarkCommunitiesRead", request));
  }
  std::string TopicsTold() {
    return database.Ask("SELECT count(*) FROM change_log WHERE kind = " +
                        std::to_string(change::v1::KIND_TOPIC_UPDATED));
  }

  v1::Topic topic, other;
  v1::Post advert;
  // In the order of lists, with the advert and without.
  Names both, without;
};

TEST_CASE_METHOD(Fixture, "what is removed, or deleted, keeps no topic at the top") {
  Tag(topic);
  Tag(other);
  const auto stands = [&](const Names& order) {
    CHECK(TopicsIn(ben, open) == order);
    CHECK(Feed(v1::TOPIC_ORDER_LATEST) == order);
    CHECK(Feed(v1::TOPIC_ORDER_SCORE) == order);
    CHECK(Tagged() == order);
  };
  stands(both);
  SECTION("by who keeps order") { Remove(advert); }
  SECTION("by its author") { Delete(eve, advert); }
  stands(without);
  CHECK(Now().last_author() == resources::Name(ada));
  CHECK(Now().last_post_time().seconds() == topic.last_post_time().seconds());
  CHECK(Now().last_post_number() == 2);
  CheckWhole();
}

TEST_CASE_METHOD(Fixture, "what is removed, or deleted, is unread to nobody") {
  CHECK(Unread(ben) == Names{topic.name()});
  SECTION("by who keeps order") { Remove(advert); }
  SECTION("by its author") { Delete(eve, advert); }
  CHECK(Unread(ben).empty());
  CHECK(State(ben, topic.name()).last_read_number() == 1);
  CHECK(State(ben, topic.name()).unread_count() == 0);
}

TEST_CASE_METHOD(Fixture, "what comes back is at the top again, and unread") {
  const v1::Topic before = Now();
  Remove(advert);
  Restore(advert);
  CHECK(Now().SerializeAsString() == before.SerializeAsString());
  CHECK(Feed(v1::TOPIC_ORDER_LATEST) == both);
  CHECK(Feed(v1::TOPIC_ORDER_SCORE) == both);
  CHECK(Unread(ben) == Names{topic.name()});
  CheckWhole();
}

TEST_CASE_METHOD(Fixture, "a topic ends with the last post that stands, whichever goes and comes") {
  const v1::Post third = PostLater(eve, topic.name()), fourth = PostLater(eve, topic.name());
  Remove(third);
  CHECK(Now().last_post_time().seconds() == fourth.create_time().seconds());
  Remove(fourth);
  CHECK(Now().last_post_time().seconds() == advert.create_time().seconds());
  CHECK(State(ben, topic.name()).unread_count() == 1);
  Restore(third);
  CHECK(Now().last_post_time().seconds() == third.create_time().seconds());
  CHECK(State(ben, topic.name()).unread_count() == 2);
  Delete(eve, advert);
  // Between what is read and what stands deleted posts count.
  CHECK(State(ben, topic.name()).unread_count() == 2);
  Delete(eve, third);
  CHECK(State(ben, topic.name()).unread_count() == 0);
  Restore(fourth);
  CHECK(State(ben, topic.name()).unread_count() == 3);
  CHECK(Now().last_post_number() == 4);
  CheckWhole();
}

TEST_CASE_METHOD(Fixture, "live pages hear with which post a topic ends then, and nothing else") {
  const v1::Post third = PostLater(eve, topic.name());
  Remove(advert);
  Restore(advert);
  CHECK(TopicsTold() == "0");
  Remove(third);
  CHECK(TopicsTold() == "1");
  Restore(third);
  CHECK(TopicsTold() == "2");
  CHECK(Now().etag() == topic.etag());
}

TEST_CASE_METHOD(Fixture,
                 "no number is given twice, and what comes is never older than what went") {
  const absl::Time before = clock.Now();
  const v1::Post third = PostLater(eve, topic.name());
  Remove(third);
  Remove(advert);
  clock.SetWallClock(before);
  const v1::Post next = Post(ada, topic.name());
  CHECK(next.number() == 4);
  CHECK(next.create_time().SerializeAsString() == third.create_time().SerializeAsString());
  Restore(advert);
  CHECK(Now().last_author() == resources::Name(ada));
  CheckWhole();
}

TEST_CASE_METHOD(Fixture,
                 "who has read what is gone is not ahead, and reads on with the next post") {
  Read(ada, topic.name(), 2);
  Remove(advert);
  CHECK(Unread(ada).empty());
  CHECK(State(ada, topic.name()).last_read_number() == 2);
  PostLater(eve, topic.name());
  CHECK(State(ada, topic.name()).unread_count() == 1);
  CHECK(State(ben, topic.name()).unread_count() == 2);
  CHECK(Unread(ben) == Names{topic.name()});
}

TEST_CASE_METHOD(Fixture, "own posts are read where what had not been has gone") {
  Remove(advert);
  PostLater(ben, topic.name());
  CHECK(State(ben, topic.name()).last_read_number() == 3);
  CHECK(Unread(ben).empty());
  PostLater(ada, topic.name());
  PostLater(ben, topic.name());
  CHECK(State(ben, topic.name()).last_read_number() == 3);
}

TEST_CASE_METHOD(Fixture, "what was taken back is unread as far as it stands") {
  MarkAll(ben, clock.Now());
  clock.Advance(absl::Minutes(1));
  Rewind(ben, 1);
  CHECK(Unread(ben) == Names{topic.name()});
  Remove(advert);
  CHECK(Unread(ben).empty());
  Restore(advert);
  CHECK(Unread(ben) == Names{topic.name()});
  Remove(advert);
  CHECK(Rewind(ben, 0).unread_count() == 1);
  CHECK(Unread(ben) == Names{topic.name()});
  Read(ben, topic.name(), 1);
  CHECK(Unread(ben).empty());
}

TEST_CASE_METHOD(Fixture, "a mark of the community ends before what comes back") {
  const absl::Time seen = clock.Now() - absl::Seconds(30);
  Remove(advert);
  MarkAll(eve, seen);
  CHECK(Unread(eve).empty());
  CHECK(State(eve, other.name()).unread_count() == 0);
  const v1::Post next = PostLater(ada, topic.name());
  CHECK(State(eve, topic.name()).last_read_number() == 1);
  Remove(next);
  CHECK(Unread(eve).empty());
  Restore(advert);
  CHECK(State(eve, topic.name()).unread_count() == 1);
  CHECK(Unread(eve) == Names{topic.name()});
}

TEST_CASE_METHOD(Fixture, "a topic whose last posts are split off is read where it ends then") {
  const v1::Post third = PostLater(eve, topic.name());
  Split(topic.name(), {advert.name(), third.name()});
  CHECK(State(ben, topic.name()).unread_count() == 0);
  CHECK(TopicsIn(ben, open).back() == topic.name());
  CheckWhole();
  CHECK(PostLater(ada, topic.name()).number() == 4);
  CHECK(State(ben, topic.name()).unread_count() == 3);
  CheckWhole();
}

TEST_CASE_METHOD(Fixture,
                 "what is split off a topic that ends with what has gone leaves the rest") {
  const v1::Post third = PostLater(ada, topic.name()), fourth = PostLater(eve, topic.name());
  Remove(fourth);
  Split(topic.name(), {third.name()});
  CHECK(Now().last_author() == resources::Name(eve));
  CHECK(Now().last_post_time().seconds() == advert.create_time().seconds());
  Remove(advert);
  CHECK(Unread(ben).size() == 1);
  CheckWhole();
  Restore(fourth);
  CHECK(Now().last_post_time().seconds() == fourth.create_time().seconds());
  CheckWhole();
}

TEST_CASE_METHOD(Fixture, "topics that end with what has gone are read on where they become one") {
  const v1::Post aside = PostLater(eve, other.name());
  Remove(advert);
  Remove(aside);
  const v1::Topic now = Merge(topic.name(), other.name());
  CHECK(now.last_post_number() == 4);
  CHECK(now.last_author() == resources::Name(ada));
  // Who had read both to their ends has read what they became.
  CHECK(Unread(ben).empty());
  CHECK(HasRead(ben, other.name()) == 3);
  CheckWhole();
  Restore(aside);
  CHECK(Unread(ben).empty());
  Restore(PostsOf(ben, other.name())[3]);
  CHECK(State(ben, other.name()).unread_count() == 1);
  CheckWhole();
}

TEST_CASE_METHOD(Fixture, "a topic ends with what stands, whoever writes and removes at once") {
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 4; ++writer) {
    writers.emplace_back([this, writer] {
      for (int n = 0; n < 6; ++n) {
        const auto post = Call<v1::Post>(eve, "CreatePost", PostRequest(topic.name(), "Flour!"));
        if (!post.ok()) continue;
        (void)Call<v1::Removal>(ben, "ModerationService/RemovePost",
                                Naming<v1::RemovePostRequest>(*post));
        if ((writer + n) % 3 > 0) continue;
        (void)Call<v1::Post>(ben, "ModerationService/RestorePost",
                             Naming<v1::RestorePostRequest>(*post));
      }
      const auto last = Call<v1::Post>(eve, "CreatePost", PostRequest(topic.name(), "Flour!"));
      if (!last.ok()) return;
      (void)Call<v1::DeletePostResponse>(eve, "DeletePost", Naming<v1::DeletePostRequest>(*last));
    });
  }
  for (std::thread& writer : writers) writer.join();
  CheckWhole();
  CHECK(database.Ask("SELECT count(*) FROM posts WHERE delete_time IS NOT NULL") != "0");
  CHECK(Now().last_post_number() == 2 + 4 * 7);
}

}  // namespace
}  // namespace guildhall::discussions
