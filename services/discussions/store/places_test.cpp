#include "services/discussions/store/places.h"

#include "services/discussions/store/test_forum.h"

namespace guildhall::discussions {
namespace {

struct Fixture : TestForum {
  Fixture() {
    Open(TopicNumber(1), Community(1), Member(1));
    second = Reply(TopicNumber(1), Member(2), 1);
    third = Reply(TopicNumber(1), Member(1), 2);
    Open(TopicNumber(2), Community(2), Member(1));
  }
  void Delete(TopicId id) {
    Do([&](postgres::Work& work) { DeleteTopic(work, (*LockTopic(work, id))->topic, At(9)); });
  }

  Post second, third;
};

TEST_CASE_METHOD(Fixture, "the places of posts come in the order asked, by id, by number, twice") {
  const std::vector<resources::PostRef> refs = {
      {.topic = TopicNumber(1), .number = 2},       {.topic = TopicNumber(1), .post = third.id},
      {.topic = TopicNumber(2), .post = second.id}, {.topic = TopicNumber(2), .number = 1},
      {.topic = TopicNumber(1), .number = 2},       {.topic = TopicNumber(9), .number = 1}};
  const auto places = GetPostPlaces(open, context(), refs);
  REQUIRE(places.ok());
  CHECK((*places)[0]->author == Member(2));
  CHECK((*places)[1]->author == Member(1));
  CHECK_FALSE((*places)[2]);
  CHECK((*places)[3]->community == Community(2));
  CHECK((*places)[4]->author == Member(2));
  CHECK_FALSE((*places)[5]);
}

TEST_CASE_METHOD(Fixture,
                 "a deleted topic keeps its place as one that is gone, and its posts have it") {
  Delete(TopicNumber(1));
  const std::vector<TopicId> topics = {TopicNumber(2), TopicNumber(1), TopicNumber(9)};
  const auto places = GetTopicPlaces(open, context(), topics);
  REQUIRE(places.ok());
  CHECK((*places)[0]->community == Community(2));
  CHECK_FALSE((*places)[0]->deleted);
  CHECK((*places)[1]->author == Member(1));
  CHECK((*places)[1]->deleted);
  CHECK_FALSE((*places)[2]);
  const std::vector<resources::PostRef> posts = {{.topic = TopicNumber(1), .number = 2},
                                                 {.topic = TopicNumber(1), .post = third.id}};
  const auto gone = GetPostPlaces(open, context(), posts);
  REQUIRE(gone.ok());
  for (const auto& place : *gone) {
    CHECK(place->author == Member(1));
    CHECK(place->deleted);
  }
}

}  // namespace
}  // namespace guildhall::discussions
