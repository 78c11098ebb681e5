#include <signal.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/postgres/table_fixture.h"
#include "libs/testing/eventually.h"
#include "libs/testing/fault_gate.h"

namespace guildhall::postgres {
namespace {

namespace reasons = policy::reasons;

TEST_CASE("a commit whose answer is lost is told apart from one that failed") {
  Table db;
  testing::FaultGate gate(db.server().folder());
  const std::unique_ptr<Database> gated = Open(gate.Through(db.settings()));
  const auto insert = [&](int id) {
    return gated->Transact(Within(absl::Seconds(5)),
                           [&](Work& work) { return work.Run(kInsert, id).status(); });
  };
  gate.LoseAnswerTo("commit_");
  const absl::Status committed = insert(1);
  CHECK(CommitUnknown(committed));
  CHECK(Is(committed, reasons::kDependencyAway));
  CHECK(db.Count() == "1");

  gate.LoseRequest("commit_");
  CHECK(CommitUnknown(insert(2)));
  CHECK(db.Count() == "1");

  gate.LoseAnswerTo("insert_row");
  const absl::Status before = insert(3);
  CHECK(Is(before, reasons::kDependencyAway));
  CHECK_FALSE(CommitUnknown(before));
  CHECK(insert(3).ok());
  CHECK(db.Count() == "2");
}

TEST_CASE("a single write whose answer is lost is unknown, a read is asked again") {
  Table db;
  testing::FaultGate gate(db.server().folder());
  const std::unique_ptr<Database> gated = Open(gate.Through(db.settings()));
  gate.LoseAnswerTo("insert_row");
  const auto lost = gated->Write(Within(absl::Seconds(5)), kInsert, 1);
  CHECK(CommitUnknown(lost.status()));
  CHECK(db.Count() == "1");

  gate.LoseAnswerTo("echo");
  const auto read = gated->Read(Within(absl::Seconds(5)), kEcho, "again");
  REQUIRE(read.ok());
  CHECK((*read)[0].Get<std::string>(0) == "again");
}

TEST_CASE("reads that travel together are answered in their order, or all refused") {
  Table db;
  testing::FaultGate gate(db.server().folder());
  const std::unique_ptr<Database> gated = Open(gate.Through(db.settings()));
  const auto read = [&](std::vector<std::string> words, bool broken = false) {
    return gated->ReadTogether(Within(absl::Seconds(5)), [&](ReadBatch& batch) {
      for (const std::string& word : words) batch.Add(kEcho, word);
      if (broken) batch.Add(Statement{"broken", "SELECT 1 / $1"}, 0);
    });
  };
  // The first one also prepares the statement.
  for (int round = 0; round < 2; ++round) {
    const auto answers = read({"rye", "oats", "spelt"});
    REQUIRE(answers.ok());
    REQUIRE(answers->size() == 3);
    CHECK((*answers)[0][0].Get<std::string>(0) == "rye");
    CHECK((*answers)[2][0].Get<std::string>(0) == "spelt");
  }
  CHECK_FALSE(read({"rye"}, true).ok());
  gate.LoseAnswerTo("echo");
  const auto again = read({"rye", "oats"});
  REQUIRE(again.ok());
  CHECK(again->size() == 2);
  CHECK(read({})->empty());
}

TEST_CASE("a locked row answers BUSY after the lock timeout, or the sooner deadline") {
  Table db;
  db.Run("INSERT INTO rows VALUES (1)");
  const absl::Status holding = db->Transact(Context(), [&](Work& holder) -> absl::Status {
    GUILDHALL_TRY(holder.Run(kLock, 1).status());
    const absl::Duration start = SystemClock().Monotonic();
    const auto busy = db->Write(Within(absl::Seconds(5)), kBump, 1);
    const absl::Duration waited = SystemClock().Monotonic() - start;
    CHECK(Is(busy.status(), reasons::kBusy));
    CHECK_FALSE(CommitUnknown(busy.status()));
    CHECK(waited >= absl::Milliseconds(950));
    CHECK(waited < absl::Seconds(4));

    const absl::Duration again = SystemClock().Monotonic();
    const auto late = db->Write(Within(absl::Milliseconds(150)), kBump, 1);
    CHECK(Is(late.status(), reasons::kDeadlinePassed));
    CHECK(SystemClock().Monotonic() - again < absl::Milliseconds(900));
    return absl::OkStatus();
  });
  REQUIRE(holding.ok());
  // The session of the call that gave up stops waiting by itself.
  CHECK(testing::Eventually([&] {
    return db.Ask("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") == "0";
  }));
  CHECK(db->Write(Within(absl::Seconds(5)), kBump, 1).ok());
}

TEST_CASE("a session that was given up at a deadline ends on the server") {
  Table db;
  const auto slow = db->Read(Within(absl::Milliseconds(50)), kSleep, 30.0);
  CHECK(Is(slow.status(), reasons::kDeadlinePassed));
  CHECK(db->read_usage().open == 0);
  CHECK(testing::Eventually([&] {
    return db.Ask("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == "0";
  }));
}

TEST_CASE("two writers that lock crosswise: one is told BUSY") {
  Table db;
  db.Run("INSERT INTO rows VALUES (1), (2)");
  std::atomic<int> holding = 0;
  const auto cross = [&](int first, int second) {
    return db->Transact(Within(absl::Seconds(10)), [&](Work& work) -> absl::Status {
      GUILDHALL_TRY(work.Run(kLock, first).status());
      ++holding;
      while (holding < 2) std::this_thread::yield();
      return work.Run(kLock, second).status();
    });
  };
  absl::Status other;
  std::thread thread([&] { other = cross(2, 1); });
  const absl::Status mine = cross(1, 2);
  thread.join();
  CHECK((Is(mine, reasons::kBusy) || Is(other, reasons::kBusy)));
}

TEST_CASE("a call that nobody waits for ends at once, on the server as well") {
  Table db;
  Cancellation cancellation;
  std::thread client([&] {
    testing::Eventually([&] {
      return db.Ask("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == "1";
    });
    cancellation.Cancel();
  });
  Context context = Within(absl::Seconds(30));
  context.cancellation = &cancellation;
  const auto rows = db->Read(context, kSleep, 30.0);
  client.join();
  CHECK(absl::IsCancelled(rows.status()));
  CHECK(absl::IsCancelled(db->Read(context, kEcho, "x").status()));
}

TEST_CASE("a PostgreSQL that hangs costs each call its deadline and no more") {
  Table db;
  REQUIRE(db->Read(Context(), kEcho, "warm").ok());
  db.server().Pause();
  for (int i = 0; i < 2; ++i) {  // on a resting connection, then on a new one
    const absl::Duration start = SystemClock().Monotonic();
    const auto rows = db->Read(Within(absl::Milliseconds(100)), kEcho, "x");
    CHECK(Is(rows.status(), reasons::kDeadlinePassed));
    CHECK(SystemClock().Monotonic() - start < absl::Seconds(1));
  }
  db.server().Resume();
  CHECK(db->Read(Within(absl::Seconds(5)), kEcho, "x").ok());
}

TEST_CASE("a PostgreSQL that does not greet counts as away before a late deadline") {
  Table db;
  PostgresSettings settings = db.settings();
  settings.connect_timeout = absl::Milliseconds(100);
  const std::unique_ptr<Database> hasty = Open(settings);
  db.server().Pause();
  CHECK(Is(hasty->Read(Within(absl::Seconds(20)), kEcho, "x").status(), reasons::kDependencyAway));
  db.server().Resume();
  CHECK(hasty->Read(Within(absl::Seconds(5)), kEcho, "x").ok());
}

TEST_CASE("a stopped PostgreSQL is away at once, and back without a restart of ours") {
  Table db;
  REQUIRE(db->Read(Context(), kEcho, "warm").ok());
  REQUIRE(db->Write(Context(), kInsert, 1).ok());
  db.server().Stop();
  CHECK(Is(db->Read(Within(absl::Seconds(5)), kEcho, "x").status(), reasons::kDependencyAway));
  const auto write = db->Write(Within(absl::Seconds(5)), kInsert, 2);
  CHECK(Is(write.status(), reasons::kDependencyAway));
  CHECK_FALSE(CommitUnknown(write.status()));
  db.server().Start();
  CHECK(db->Read(Within(absl::Seconds(5)), kEcho, "x").ok());
  CHECK(db->Write(Within(absl::Seconds(5)), kInsert, 2).ok());
  CHECK(db.Count() == "2");
}

TEST_CASE("a session that is ended in the middle of a unit fails the unit, without a doubt") {
  Table db;
  const absl::Status status = db->Transact(Within(absl::Seconds(5)), [&](Work& work) {
    CHECK(work.Run(kInsert, 1).ok());
    db.Run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE state = 'idle in transaction'");
    return work.Run(kInsert, 2).status();
  });
  CHECK(Is(status, reasons::kDependencyAway));
  CHECK_FALSE(CommitUnknown(status));
  CHECK(db.Count() == "0");
  CHECK(db->Write(Within(absl::Seconds(5)), kInsert, 1).ok());
}

TEST_CASE("a backend killed in the middle of a unit takes nothing else with it") {
  constexpr Statement kCheckpointer{
      "checkpointer", "SELECT pid::text FROM pg_stat_activity WHERE backend_type = 'checkpointer'"};
  Table db;
  const std::string before = db.Ask(kCheckpointer.text);
  const absl::Status status = db->Transact(Within(absl::Seconds(5)), [&](Work& work) {
    CHECK(work.Run(kInsert, 1).ok());
    const std::string pid =
        db.Ask("SELECT pid FROM pg_stat_activity WHERE state = 'idle in transaction'");
    CHECK(kill(std::stoi(pid), SIGKILL) == 0);
    return work.Run(kInsert, 2).status();
  });
  CHECK(Is(status, reasons::kDependencyAway));
  CHECK_FALSE(CommitUnknown(status));
  // The server restarts itself, a moment after it notices, and refuses sessions meanwhile.
  CHECK(testing::Eventually([&] {
    const auto rows = db->Read(Within(absl::Seconds(5)), kCheckpointer);
    return rows.ok() && rows->size() == 1 && (*rows)[0].Get<std::string>(0) != before;
  }));
  CHECK(db.Count() == "0");
}

TEST_CASE("a password is sent and a wrong one is an outage to callers") {
  Table db;
  db.Run("CREATE ROLE guarded LOGIN PASSWORD 'right'");
  const std::string rules = db.server().folder() + "/data/pg_hba.conf";
  std::stringstream present;
  present << std::ifstream(rules).rdbuf();
  std::ofstream(rules) << "local all guarded scram-sha-256\n" << present.str();
  db.Run("SELECT pg_reload_conf()");
  PostgresSettings settings = db.settings();
  settings.conninfo += " user=guarded";
  settings.password = settings::Secret("wrong");
  CHECK(testing::Eventually([&] {
    const auto refused = Open(settings)->Read(Within(absl::Seconds(5)), kEcho, "x");
    return Is(refused.status(), reasons::kDependencyAway);
  }));
  settings.password = settings::Secret("right");
  CHECK(Open(settings)->Read(Within(absl::Seconds(5)), kEcho, "x").ok());
}

TEST_CASE("requests and answers of many megabytes pass both ways") {
  Table db;
  const std::string large(20 << 20, 'x');
  const auto rows = db->Read(Within(absl::Seconds(20)), kEcho, large);
  REQUIRE(rows.ok());
  CHECK((*rows)[0].Get<std::string_view>(0) == large);
}

}  // namespace
}  // namespace guildhall::postgres
