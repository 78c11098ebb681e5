#include "libs/changelog/change_log.h"

#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "changelog/migrations.h"
#include "libs/testing/test_database.h"

namespace guildhall::changelog {
namespace {

const Uuid kTopic = *Uuid::Parse("018bcfe5-687b-7000-8000-000000000001");
const Uuid kOther = *Uuid::Parse("018bcfe5-687b-7000-8000-000000000002");

struct Fixture {
  // Appends in a transaction of its own and commits it, or not.
  bool Write(std::span<const Change> changes, absl::Status outcome = absl::OkStatus()) {
    const postgres::Context context{.deadline = Deadline::After(absl::Seconds(20))};
    return opened
        .Transact(context,
                  [&](postgres::Work& work) -> absl::Status {
                    for (const Change& change : changes) Append(work, change);
                    return outcome;
                  })
        .ok();
  }
  std::string Sequence(const Uuid& key) {
    return database.Ask(
        "SELECT string_agg(key_seq::text, ',' ORDER BY key_seq) FROM change_log "
        "WHERE key = '" +
        key.ToString() + "'");
  }

  testing::TestDatabase database{{{"changelog", kMigrations}}};
  // Opened by the test's own thread, before others use it.
  postgres::Database& opened = *database;
};

TEST_CASE_METHOD(Fixture, "the changes of a key are numbered from 1 on") {
  const Change change{.kind = 10, .key = kTopic, .resource = kOther};
  CHECK(Write({{change, change}}));
  CHECK(Write({{change}}));
  CHECK(Sequence(kTopic) == "1,2,3");
}

TEST_CASE_METHOD(Fixture, "a change is there exactly when its transaction is") {
  const Change change{.kind = 10, .key = kTopic, .resource = kOther};
  CHECK(!Write({{change}}, absl::AbortedError("no")));
  CHECK(Sequence(kTopic).empty());
  CHECK(Write({{change}}));
  CHECK(Sequence(kTopic) == "1");
}

TEST_CASE_METHOD(Fixture, "many changes at once are numbered in their order") {
  std::vector<Change> changes;
  for (int i = 0; i < 10; ++i) {
    changes.push_back({.kind = 10, .key = i % 2 == 0 ? kTopic : kOther, .version = i});
  }
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(20))};
  for (int round = 0; round < 2; ++round) {
    const absl::Status written = database->Transact(context, [&](postgres::Work& work) {
      Append(work, changes);
      return absl::OkStatus();
    });
    REQUIRE(written.ok());
  }
  CHECK(Sequence(kTopic) == "1,2,3,4,5,6,7,8,9,10");
  CHECK(database.Ask("SELECT string_agg(version::text, ',' ORDER BY n) FROM change_log "
                     "WHERE key_seq <= 5") == "0,1,2,3,4,5,6,7,8,9");
}

TEST_CASE_METHOD(Fixture, "16 writers of whom some give up leave no gap in a key") {
  constexpr int kWriters = 16, kRounds = 20;
  std::vector<int> committed(kWriters, 0);
  std::vector<std::thread> threads;
  for (int writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([&, writer] {
      for (int round = 0; round < kRounds; ++round) {
        const bool gives_up = (writer + round) % 3 == 0;
        const absl::Status outcome = gives_up ? absl::AbortedError("no") : absl::OkStatus();
        committed[writer] += Write({{{.kind = 10, .key = kTopic}}}, outcome);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  int total = 0;
  for (int count : committed) total += count;
  CHECK(total > kWriters);
  CHECK(database.Ask("SELECT count(*) = max(key_seq) AND min(key_seq) = 1 AND count(*) = " +
                     std::to_string(total) + " FROM change_log") == "t");
}

TEST_CASE_METHOD(Fixture, "partitions are made ahead and dropped after 30 days") {
  const absl::Time now = SystemClock().Now();
  REQUIRE(KeepPartitions(*database, now).ok());
  REQUIRE(KeepPartitions(*database, now).ok());
  const std::string partitions =
      "SELECT count(*) FROM pg_inherits WHERE inhparent = 'change_log'::regclass";
  CHECK(database.Ask(partitions) == "4");
  CHECK(Write({{{.kind = 10, .key = kTopic}}}));
  CHECK(database.Ask("SELECT count(*) FROM change_log_rest") == "0");

  REQUIRE(KeepPartitions(*database, now + absl::Hours(24 * 28)).ok());
  CHECK(Sequence(kTopic) == "1");
  REQUIRE(KeepPartitions(*database, now + absl::Hours(24 * 60)).ok());
  CHECK(Sequence(kTopic).empty());
}

TEST_CASE_METHOD(Fixture, "a row without a partition is kept all the same") {
  CHECK(Write({{{.kind = 10, .key = kTopic}}}));
  REQUIRE(KeepPartitions(*database, SystemClock().Now()).ok());
  CHECK(Write({{{.kind = 10, .key = kTopic}}}));
  CHECK(Sequence(kTopic) == "1,2");
}

}  // namespace
}  // namespace guildhall::changelog
