#include "services/discussions/store/read_state_store.h"

#include <thread>

#include "services/discussions/store/test_forum.h"

namespace guildhall::discussions {
namespace {

struct Fixture : TestForum {
  Fixture() {
    Open(TopicNumber(1), Community(1), Member(1));
    for (int i = 0; i < 9; ++i) Reply(TopicNumber(1), Member(1), i);
    Open(TopicNumber(2), Community(2), Member(1));
  }
  std::vector<std::optional<ReadState>> Store(const std::vector<ReadMark>& marks) {
    const auto stored = StoreReadMarks(open, context(), marks);
    REQUIRE(stored.ok());
    std::vector<std::optional<ReadState>> states;
    for (const std::optional<StoredMark>& mark : *stored) {
      states.push_back(mark ? std::optional(mark->state) : std::nullopt);
    }
    return states;
  }
  std::optional<ReadState> Mark(int number, int member = 2) {
    return Store({MarkOf(GrantFor(Member(member), Community(1)), TopicNumber(1), number)})[0];
  }
  std::vector<ReadState> States(int member, std::vector<CommunityId> visible) {
    const std::vector<TopicId> topics = {TopicNumber(1), TopicNumber(2), TopicNumber(9)};
    const auto states =
        GetReadStates(open, context(), Visible(Member(member), std::move(visible)), topics);
    REQUIRE(states.ok());
    return *states;
  }
  std::string Rows() { return database.Ask("SELECT count(*) FROM read_states WHERE true"); }
};

TEST_CASE_METHOD(Fixture, "a watermark goes forward, never back, never beyond the last post") {
  CHECK(*Mark(4) == ReadState{TopicNumber(1), 4, 6});
  CHECK(*Mark(2) == ReadState{TopicNumber(1), 4, 6});
  CHECK(*Mark(99) == ReadState{TopicNumber(1), 10, 0});
}

TEST_CASE_METHOD(Fixture, "nothing is written where nothing new was read") {
  const std::string before = Rows();
  CHECK(*Mark(0) == ReadState{TopicNumber(1), 0, 10});
  CHECK(Rows() == before);
  database.Run("UPDATE topics SET imported_post_number = 7 WHERE last_post_number > 7");
  CHECK(*Mark(6) == ReadState{TopicNumber(1), 7, 3});
  CHECK(Rows() == before);
}

TEST_CASE_METHOD(Fixture, "many marks are one statement, those of one reader and topic included") {
  const auto states = Store({{Member(2), TopicNumber(1), Community(1), 3},
                             {Member(3), TopicNumber(1), Community(1), 5},
                             {Member(2), TopicNumber(1), Community(1), 8},
                             {Member(2), TopicNumber(1), Community(2), 9},
                             {Member(2), TopicNumber(9), Community(1), 9}});
  CHECK(states[1]->last_read_number == 5);
  CHECK(states[2]->last_read_number == 8);
  CHECK_FALSE(states[3]);
  CHECK_FALSE(states[4]);
  CHECK(Mark(1)->last_read_number == 8);
}

TEST_CASE_METHOD(Fixture, "read states are those of visible communities, and no others") {
  Mark(4);
  CHECK(States(2, {Community(1), Community(2)}).size() == 2);
  const auto visible = States(2, {Community(1)});
  REQUIRE(visible.size() == 1);
  CHECK(visible[0] == ReadState{TopicNumber(1), 4, 6});
  CHECK(States(2, {}).empty());
  CHECK(States(3, {Community(1)})[0] == ReadState{TopicNumber(1), 0, 10});
}

TEST_CASE_METHOD(Fixture, "batches that overlap in any order leave the highest marks") {
  std::vector<std::thread> batches;
  std::vector<absl::Status> outcomes(8);
  for (int b = 0; b < 8; ++b) {
    batches.emplace_back([&, b] {
      std::vector<ReadMark> marks;
      for (int i = 0; i < 50; ++i) {
        const int member = b % 2 == 0 ? i : 49 - i;
        marks.push_back({Member(100 + member), TopicNumber(1), Community(1), 1 + (b + i) % 10});
      }
      for (int round = 0; round < 5 && outcomes[b].ok(); ++round) {
        outcomes[b] = StoreReadMarks(open, context(), marks).status();
      }
    });
  }
  for (std::thread& batch : batches) batch.join();
  for (const absl::Status& outcome : outcomes) CHECK(outcome == absl::OkStatus());
  CHECK(database.Ask("SELECT count(*) FROM read_states WHERE last_read_number < 7 AND "
                     "topic_id = '" +
                     TopicNumber(1).ToString() + "'") == "0");
}

}  // namespace
}  // namespace guildhall::discussions
