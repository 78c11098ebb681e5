#include "libs/postgres/pool.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/postgres/table_fixture.h"
#include "libs/testing/fault_gate.h"

namespace guildhall::postgres {
namespace {

namespace reasons = policy::reasons;

PostgresSettings OneOfEach(PostgresSettings settings) {
  settings.read_connections = 1;
  settings.write_connections = 1;
  return settings;
}

TEST_CASE("the queue for a connection ends with the deadline or the cancellation") {
  Table db;
  const std::unique_ptr<Database> one = Open(OneOfEach(db.settings()));
  Cancellation cancellation;
  const absl::Status holding = one->Transact(Context(), [&](Work&) {
    const auto late = one->Write(Within(absl::Milliseconds(50)), kInsert, 1);
    CHECK(Is(late.status(), reasons::kDeadlinePassed));
    CHECK_FALSE(CommitUnknown(late.status()));
    std::thread client([&] { cancellation.Cancel(); });
    Context context;
    context.cancellation = &cancellation;
    CHECK(absl::IsCancelled(one->Write(context, kInsert, 1).status()));
    client.join();
    return absl::OkStatus();
  });
  CHECK(holding.ok());
  CHECK(one->Write(Within(absl::Seconds(5)), kInsert, 1).ok());
}

TEST_CASE("connections that died while they rested are replaced unseen") {
  Table db;
  REQUIRE(db->Read(Context(), kEcho, "warm").ok());
  REQUIRE(db->Write(Context(), kInsert, 1).ok());
  db.server().Stop();
  db.server().Start();
  CHECK(db->Write(Within(absl::Seconds(5)), kInsert, 2).ok());
  CHECK(db->Read(Within(absl::Seconds(5)), kEcho, "x").ok());
}

TEST_CASE("where one connection was lost without a word, those beside it are replaced") {
  Table db;
  testing::FaultGate gate(db.server().folder());
  const std::unique_ptr<Database> gated = Open(gate.Through(db.settings()));
  std::vector<std::thread> threads;
  for (int i = 0; i < db.settings().read_connections; ++i) {
    threads.emplace_back(
        [&] { gated->Read(Within(absl::Seconds(20)), kSleep, 0.2).status().IgnoreError(); });
  }
  for (std::thread& thread : threads) thread.join();
  REQUIRE(gated->read_usage().resting > 1);
  gate.Lose();
  CHECK(Is(gated->Read(Within(absl::Milliseconds(50)), kEcho, "x").status(),
           reasons::kDeadlinePassed));
  CHECK(gated->Read(Within(absl::Seconds(5)), kEcho, "x").ok());
}

// A busy machine ends sessions that were given up later than new ones begin, until the server has
// no room (UNAVAILABLE): then again, for as long as a test may take.
absl::StatusOr<Rows> ReadInsisting(Database& database, const std::string& text) {
  const Deadline patience = Deadline::After(absl::Minutes(1));
  for (;;) {
    auto rows = database.Read({.deadline = patience}, kEcho, text);
    if (!absl::IsUnavailable(rows.status()) || patience.Passed()) return rows;
  }
}

TEST_CASE("nobody ever gets another's answer, whatever is given up in between") {
  Table db;
  PostgresSettings settings = db.settings();
  settings.read_connections = 3;
  const std::unique_ptr<Database> shared = Open(settings);
  constexpr int kThreads = 8, kRounds = 150;
  std::atomic<int> answered = 0, crossed = 0, wrongly_ok = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kRounds; ++i) {
        const std::string mine = std::to_string(t) + ":" + std::to_string(i);
        if (i % 5 == 0) {
          // Given up in the middle.
          shared->Read(Within(absl::Milliseconds(2)), kSleep, 0.01).status().IgnoreError();
        } else if (i % 5 == 1) {
          wrongly_ok += shared->Read(Within(absl::Seconds(20)), kEcho, "\xff").ok();
        } else if (const auto rows = ReadInsisting(*shared, mine); rows.ok()) {
          ++answered;
          crossed += (*rows)[0].Get<std::string>(0) != mine;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(crossed == 0);
  CHECK(wrongly_ok == 0);
  CHECK(answered == kThreads * kRounds * 3 / 5);
  CHECK(shared->read_usage().open <= 3);
}

}  // namespace
}  // namespace guildhall::postgres
