#include "services/discussions/store/topic_store.h"

#include "services/discussions/store/test_forum.h"

namespace guildhall::discussions {
namespace {

struct Fixture : TestForum {
  Fixture() {
    Open(TopicNumber(1), Community(1), Member(1), 10);
    Open(TopicNumber(2), Community(1), Member(2), 20);
    Open(TopicNumber(3), Community(1), Member(1), 30);
    Open(TopicNumber(4), Community(2), Member(1), 40);
  }
  std::vector<TopicId> Latest(const LatestPosition& after = {}, int count = 10) {
    return Ids(TopicStretch::Latest(GrantFor(Member(9), Community(1)), after, count));
  }
  std::vector<TopicId> Top(const ScorePosition& after = {}, int count = 10) {
    return Ids(TopicStretch::Top(GrantFor(Member(9), Community(1)), after, count));
  }
  std::vector<TopicId> Ids(const TopicStretch& stretch) {
    const auto lists = ReadStretches(open, context(), {&stretch, 1});
    REQUIRE(lists.ok());
    std::vector<TopicId> ids;
    for (const Topic& topic : lists->front()) ids.push_back(topic.id);
    return ids;
  }
  static std::vector<TopicId> Numbers(std::initializer_list<int> numbers) {
    std::vector<TopicId> ids;
    for (const int n : numbers) ids.push_back(TopicNumber(n));
    return ids;
  }
};

TEST_CASE_METHOD(Fixture, "a list holds the topics of the grant's community, latest posts first") {
  CHECK(Latest() == Numbers({3, 2, 1}));
  Reply(TopicNumber(1), Member(3), 50);
  CHECK(Latest() == Numbers({1, 3, 2}));
}

TEST_CASE_METHOD(Fixture, "lists that are read together do not mix") {
  const access::Grant here = GrantFor(Member(9), Community(1));
  const TopicStretch stretches[] = {TopicStretch::Top(here, {}, 2),
                                    TopicStretch::Unanswered(here, {}, 2),
                                    TopicStretch::Latest(GrantFor(Member(8), Community(2)), {}, 2),
                                    TopicStretch::Latest(here, {}, 2)};
  const auto lists = ReadStretches(open, context(), stretches);
  REQUIRE(lists.ok());
  REQUIRE(lists->size() == 4);
  CHECK((*lists)[0].size() == 2);
  CHECK((*lists)[1].empty());
  CHECK((*lists)[2].front().id == TopicNumber(4));
  CHECK((*lists)[3].front().id == TopicNumber(3));
}

TEST_CASE_METHOD(Fixture, "a list by score puts topics with many posts before recent ones") {
  CHECK(Top() == Numbers({3, 2, 1}));
  for (int minute = 11; minute < 15; ++minute) Reply(TopicNumber(1), Member(3), minute);
  CHECK(Top() == Numbers({1, 3, 2}));
  CHECK(Latest() == Numbers({3, 2, 1}));
}

TEST_CASE_METHOD(Fixture, "pages follow each other without gap or overlap, equal times included") {
  Open(TopicNumber(5), Community(1), Member(1), 20);
  CHECK(Latest({}, 2) == Numbers({3, 5}));
  CHECK(Latest({false, At(20), TopicNumber(5)}, 2) == Numbers({2, 1}));
  CHECK(Latest({false, At(20), TopicNumber(2)}, 2) == Numbers({1}));
  CHECK(Top({false, Score(1, At(20)), TopicNumber(5)}, 2) == Numbers({2, 1}));
}

TEST_CASE_METHOD(Fixture, "topics are read by id in the order asked, also twice") {
  const std::vector<TopicId> ids = Numbers({4, 9, 1, 4});
  const auto topics = GetTopics(open, context(), ids);
  REQUIRE(topics.ok());
  CHECK((*topics)[0]->id == TopicNumber(4));
  CHECK_FALSE((*topics)[1]);
  CHECK((*topics)[2]->author == Member(1));
  CHECK((*topics)[3]->community == Community(2));
}

TEST_CASE_METHOD(Fixture, "a topic comes back as it was stored") {
  const Topic stored = Open(TopicNumber(6), Community(1), Member(5), 60);
  const std::vector<TopicId> ids = Numbers({6});
  const Topic read = *(*GetTopics(open, context(), ids))[0];
  CHECK(read.title == stored.title);
  CHECK(read.last_author == Member(5));
  CHECK(read.last_post_number == 1);
  CHECK(read.create_time == At(60));
  CHECK(read.last_post_time == At(60));
  CHECK(read.score == stored.score);
  CHECK(read.version == 1);
}

TEST_CASE_METHOD(Fixture,
                 "a deleted topic is gone from lists and reads, and its text from the tables") {
  const Post reply = Reply(TopicNumber(2), Member(2), 50, "secret plan");
  Do([&](postgres::Work& work) {
    Topic topic = (*LockTopic(work, TopicNumber(2)))->topic;
    ++topic.version;
    DeleteTopic(work, topic, At(60));
  });
  CHECK(Latest() == Numbers({3, 1}));
  CHECK(Top() == Numbers({3, 1}));
  const std::vector<TopicId> ids = Numbers({2});
  CHECK_FALSE((*GetTopics(open, context(), ids))[0]);
  Do([&](postgres::Work& work) { CHECK_FALSE(*LockTopic(work, TopicNumber(2))); });
  CHECK(database.Ask("SELECT count(*) FROM posts WHERE topic_id = '" + TopicNumber(2).ToString() +
                     "'") == "0");
  CHECK(database.Ask("SELECT title FROM topics WHERE delete_time IS NOT NULL") == "");
}

}  // namespace
}  // namespace guildhall::discussions
