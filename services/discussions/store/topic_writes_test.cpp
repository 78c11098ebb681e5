#include "services/discussions/store/topic_writes.h"

#include <thread>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/testing/eventually.h"
#include "services/discussions/store/test_forum.h"

namespace guildhall::discussions {
namespace {

struct Fixture : TestForum {
  Fixture() { Open(TopicNumber(1), Community(1), Member(1)); }
  std::string ReadUpTo(int member) {
    return database.Ask("SELECT last_read_number FROM read_states WHERE member_id = '" +
                        Member(member).ToString() + "'");
  }
};

TEST_CASE_METHOD(Fixture, "16 writers into one topic give numbers without gap or repetition") {
  constexpr int kWriters = 16, kEach = 5;
  std::vector<std::thread> writers;
  std::vector<absl::Status> outcomes(kWriters);
  for (int w = 0; w < kWriters; ++w) {
    writers.emplace_back([&, w] {
      for (int i = 0; i < kEach && outcomes[w].ok(); ++i) {
        outcomes[w] = open.Transact(context(), [&](postgres::Work& work) -> absl::Status {
          auto locked = LockTopic(work, TopicNumber(1));
          if (!locked.ok()) return locked.status();
          const Contribution text{PostNumber(100 + w * kEach + i), Member(w), "x", At(i)};
          InsertPost(work, **locked, *AddPost((*locked)->topic, text));
          return absl::OkStatus();
        });
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  for (const absl::Status& outcome : outcomes) CHECK(outcome == absl::OkStatus());
  CHECK(database.Ask("SELECT count(*) || ' ' || min(number) || ' ' || max(number) FROM posts") ==
        "81 1 81");
  CHECK(database.Ask("SELECT last_post_number FROM topics") == "81");
  CHECK(database.Ask("SELECT count(*) FROM topics, posts WHERE number = last_post_number AND "
                     "last_author_id = posts.author_id AND last_post_time = posts.create_time") ==
        "1");
}

TEST_CASE_METHOD(Fixture, "an author has read the topic that it opened") {
  CHECK(ReadUpTo(1) == "1");
}

TEST_CASE_METHOD(Fixture, "an author who had read everything has read its own post") {
  Reply(TopicNumber(1), Member(1));
  CHECK(ReadUpTo(1) == "2");
}

TEST_CASE_METHOD(Fixture, "posting does not hide what the author had not read yet") {
  Reply(TopicNumber(1), Member(2));
  CHECK(ReadUpTo(2) == "");
  Reply(TopicNumber(1), Member(1));
  CHECK(ReadUpTo(1) == "1");
}

TEST_CASE_METHOD(Fixture, "whoever posts right after an import has read it") {
  database.Run("UPDATE topics SET imported_post_number = 1; DELETE FROM read_states");
  Reply(TopicNumber(1), Member(2));
  CHECK(ReadUpTo(2) == "2");
}

TEST_CASE_METHOD(Fixture, "others have posted even if they deleted it later") {
  const auto others = [&] {
    bool answer = false;
    Do([&](postgres::Work& work) {
      answer = *OthersPosted(work, (*LockTopic(work, TopicNumber(1)))->topic);
    });
    return answer;
  };
  Reply(TopicNumber(1), Member(1));
  CHECK_FALSE(others());
  Reply(TopicNumber(1), Member(2));
  CHECK(others());
  database.Run("UPDATE posts SET delete_time = now(), markdown = '' WHERE number = 3");
  CHECK(others());
}

TEST_CASE_METHOD(Fixture, "a topic that somebody holds answers BUSY after a second") {
  absl::Status waited;
  Do([&](postgres::Work& holder) {
    REQUIRE((*LockTopic(holder, TopicNumber(1))).has_value());
    std::thread other([&] {
      waited = open.Transact(context(), [&](postgres::Work& work) {
        return LockTopic(work, TopicNumber(1)).status();
      });
    });
    other.join();
  });
  CHECK(Is(waited, policy::reasons::kBusy));
}

TEST_CASE_METHOD(Fixture, "whoever waited for the lock sees what the holder wrote") {
  int seen = 0;
  std::thread late;
  Do([&](postgres::Work& work) {
    auto locked = LockTopic(work, TopicNumber(1));
    late = std::thread([&] {
      (void)open.Transact(context(), [&](postgres::Work& other) -> absl::Status {
        const auto again = LockTopic(other, TopicNumber(1));
        if (again.ok()) seen = (*again)->topic.last_post_number;
        return again.status();
      });
    });
    (void)testing::Eventually([&] { return database.SomebodyWaits(); });
    InsertPost(work, **locked, *AddPost((*locked)->topic, {NextPost(), Member(2), "x", At(1)}));
  });
  late.join();
  CHECK(seen == 2);
}

}  // namespace
}  // namespace guildhall::discussions
