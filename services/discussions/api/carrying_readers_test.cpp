// What readers store while their topic goes into another one: it goes along, or is refused.
#include <atomic>
#include <thread>

#include "discussions/statements.h"
#include "libs/testing/eventually.h"
#include "services/discussions/api/carrying_fixture.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/carry_store.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : CarryingFixture {
  const v1::Topic topic = Open(ada, open);
  const v1::Topic other = Open(ben, open, "Other");
  const TopicId id = *resources::ParseTopic("", topic.name());

  // Merges the topic into the other one while `store` has run and is not committed.
  void MergeDuring(const std::function<void(postgres::Work&)>& store) {
    const auto merge = [&] { return Merge(ben, MergeRequest(topic.name(), other.name())); };
    REQUIRE(CarryDuring(store, merge).ok());
  }
  absl::StatusOr<v1::Topic> CarryDuring(const std::function<void(postgres::Work&)>& store,
                                        const std::function<absl::StatusOr<v1::Topic>()>& carry) {
    absl::StatusOr<v1::Topic> carried = absl::UnknownError("never carried");
    std::atomic<bool> done = false;
    std::thread moderator;
    bool met = false;
    Within([&](postgres::Work& work) {
      store(work);
      moderator = std::thread([&] {
        carried = carry();
        done = true;
      });
      met = testing::Eventually([&] { return done || database.SomebodyWaits(); });
    });
    moderator.join();
    CHECK(met);
    return carried;
  }
  // Runs `unit` in a transaction that is committed after it.
  void Within(const std::function<void(postgres::Work&)>& unit) {
    const absl::Status status =
        database->Transact({.deadline = Deadline::After(deadline)}, [&](postgres::Work& work) {
          unit(work);
          return absl::OkStatus();
        });
    CHECK(status == absl::OkStatus());
  }

  absl::Status Mark(MemberId who, const v1::Topic& it, int number) {
    v1::UpdateReadStateRequest mark;
    mark.mutable_read_state()->set_topic(it.name());
    mark.mutable_read_state()->set_last_read_number(number);
    return Call<v1::ReadState>(who, "UpdateReadState", mark).status();
  }
  absl::Status Rewind(MemberId who, const v1::Topic& it) {
    v1::RewindReadStateRequest mark;
    mark.mutable_read_state()->set_topic(it.name());
    return Call<v1::ReadState>(who, "ReadingService/RewindReadState", mark).status();
  }
  absl::Status Watch(MemberId who, const v1::Topic& it) {
    v1::UpdateTopicFollowRequest request;
    request.mutable_topic_follow()->set_topic(it.name());
    request.mutable_topic_follow()->set_level(v1::FOLLOW_LEVEL_WATCHING);
    return Call<v1::TopicFollow>(who, "FollowService/UpdateTopicFollow", request).status();
  }
  std::string Follows(MemberId who, const v1::Topic& it) {
    return database.Ask("SELECT count(*) FROM topic_follows WHERE member_id = '" + who.ToString() +
                        "' AND topic_id = '" + resources::ParseTopic("", it.name())->ToString() +
                        "'");
  }
};

TEST_CASE_METHOD(Fixture, "a mark that is being stored goes along") {
  Read(eve, other.name(), 1);
  MergeDuring([&](postgres::Work& work) {
    (void)work.Run(sql::kMarkRead, std::vector{eve}, std::vector{id}, std::vector{open},
                   std::vector<std::int32_t>{1});
  });
  CHECK(HasRead(eve, other.name()) == 2);
}

TEST_CASE_METHOD(Fixture, "a mark that is being stored goes along with posts that are split off") {
  const v1::Post second = Post(ben, topic.name(), "Second"),
                 third = Post(ben, topic.name(), "Third");
  const auto split = CarryDuring(
      [&](postgres::Work& work) {
        (void)work.Run(sql::kMarkRead, std::vector{eve}, std::vector{id}, std::vector{open},
                       std::vector<std::int32_t>{3});
      },
      [&] {
        return Split(ben, SplitRequest(topic.name(), {second.name(), third.name()}));
      });
  REQUIRE(split.ok());
  CHECK(HasRead(eve, split->name()) == 2);
}

TEST_CASE_METHOD(Fixture, "a choice that is being stored goes along") {
  MergeDuring([&](postgres::Work& work) {
    (void)work.Run(sql::kSetTopicFollow, eve, id, open, std::int32_t{3}, clock.Now(),
                   std::int32_t{kMaxFollows});
  });
  CHECK(Follows(eve, other) == "1");
  CHECK(Follows(eve, topic) == "0");
}

TEST_CASE_METHOD(Fixture, "marks of a topic that just goes are refused, and hold up no others") {
  absl::Status going, staying;
  Within([&](postgres::Work& work) {
    (void)LockTopic(work, id);
    HoldAgainstReaders(work, id);
    (void)PostStands(work, id, 1);
    going = Mark(eve, topic, 1);
    staying = Mark(eve, other, 1);
  });
  CHECK(Is(going, policy_reasons::kBusy));
  CHECK(staying.ok());
  CHECK(Mark(eve, topic, 1).ok());
}

TEST_CASE_METHOD(Fixture, "readers wait for nobody who posts, and nobody who posts for them") {
  Within([&](postgres::Work& work) {
    const auto locked = LockTopic(work, id);
    CHECK((locked.ok() && *locked));
    CHECK(Mark(eve, topic, 1).ok());
    CHECK(Rewind(eve, topic).ok());
    CHECK(Watch(eve, topic).ok());
  });
  Within([&](postgres::Work& work) {
    CHECK(work.Run(sql::kMarkRead, std::vector{eve}, std::vector{id}, std::vector{open},
                   std::vector<std::int32_t>{1})
              .ok());
    CHECK(Call<v1::Post>(ada, "CreatePost", PostRequest(topic.name(), "Rye.")).ok());
  });
}

TEST_CASE_METHOD(Fixture, "what readers were told is kept, whatever is merged meanwhile") {
  for (int round = 0; round < 10; ++round) {
    const v1::Topic goes = Open(ada, open), stays = Open(ada, open);
    const std::vector<MemberId> readers = {ben, eve};
    for (const MemberId reader : readers) Read(reader, stays.name(), 1);
    std::vector<absl::Status> marked(readers.size()), followed(readers.size());
    std::vector<std::thread> threads;
    threads.emplace_back([&] { (void)Merge(ben, MergeRequest(goes.name(), stays.name())); });
    for (std::size_t n = 0; n < readers.size(); ++n) {
      threads.emplace_back([&, n] {
        marked[n] = Mark(readers[n], goes, 1);
        followed[n] = Watch(readers[n], goes);
      });
    }
    for (std::thread& thread : threads) thread.join();
    for (std::size_t n = 0; n < readers.size(); ++n) {
      CHECK(HasRead(readers[n], stays.name()) == (marked[n].ok() ? 2 : 1));
      CHECK(Follows(readers[n], stays) == (followed[n].ok() ? "1" : "0"));
      CHECK(Follows(readers[n], goes) == "0");
    }
  }
}

}  // namespace
}  // namespace guildhall::discussions
