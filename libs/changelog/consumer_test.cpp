#include "libs/changelog/consumer.h"

#include "libs/changelog/log_fixture.h"
#include "libs/testing/fault_gate.h"

namespace guildhall::changelog {
namespace {

constexpr postgres::Migration kApplied[] = {
    {1, "0001_create_applied",
     "CREATE TABLE applied (place serial, key uuid, version bigint);"
     "CREATE TABLE rereads (at int)"}};
constexpr postgres::Statement kApply{"apply", "INSERT INTO applied (key, version) VALUES ($1, $2)"};
constexpr postgres::Statement kForget{"forget", "INSERT INTO rereads VALUES (1)"};

// A producer's log, and a consumer with a database of its own.
struct Fixture : TestLog {
  std::unique_ptr<Consumer> Make(postgres::Database& database) {
    return std::make_unique<Consumer>(
        database, "test",
        TailParts{.producer = "producer",
                  .source = [this](const Position& from,
                                   const postgres::Context& at) { return source(from, at); },
                  .redis = {},
                  .metrics = metrics},
        Effect{.apply = [this](postgres::Work& work,
                               std::span<const Entry> entries) { return Apply(work, entries); },
               .reread = [](const postgres::Context&) -> absl::StatusOr<Effect::Replace> {
                 return [](postgres::Work& work) { return work.Run(kForget).status(); };
               }});
  }
  absl::Status Apply(postgres::Work& work, std::span<const Entry> entries) {
    meanwhile();
    for (const Entry& entry : entries) {
      work.Defer(kApply, entry.change.key, entry.change.version);
    }
    return std::exchange(outcome, absl::OkStatus());
  }
  std::string Applied() {
    return own.Ask("SELECT string_agg(version::text, ' ' ORDER BY place) FROM applied");
  }
  int Step(Consumer& of) {
    const auto applied = of.RunOnce(context());
    return applied.ok() ? *applied : -1;
  }

  testing::TestDatabase own{{{"changelog", kMigrations}, {"own", kApplied}}};
  telemetry::Metrics metrics;
  Source source = AsSource();
  std::function<void()> meanwhile = [] {};
  absl::Status outcome;  // of the next application
  std::unique_ptr<Consumer> consumer = Make(*own);
};

TEST_CASE_METHOD(Fixture, "a consumer reads everything anew once, then applies what comes") {
  Write(kTopic, 1);
  CHECK(Step(*consumer) == 0);
  CHECK(own.Ask("SELECT count(*) FROM rereads") == "1");
  Write(kTopic, 2);
  Write(kTopic, 3);
  CHECK(Step(*consumer) == 2);
  CHECK(Applied() == "2 3");
  Write(kTopic, 4);
  CHECK(Step(*Make(*own)) == 1);
  CHECK(Applied() == "2 3 4");
  CHECK(own.Ask("SELECT count(*) FROM rereads") == "1");
}

TEST_CASE_METHOD(Fixture, "an effect that fails leaves no trace and is tried again") {
  CHECK(Step(*consumer) == 0);
  Write(kTopic, 1);
  outcome = absl::InternalError("no");
  CHECK(Step(*consumer) == -1);
  CHECK(Applied().empty());
  CHECK(Step(*consumer) == 1);
  CHECK(Applied() == "1");
}

TEST_CASE_METHOD(Fixture, "of two processes one applies a page") {
  CHECK(Step(*consumer) == 0);
  Write(kTopic, 1);
  const auto other = Make(*own);
  // The other one has the page already when this one applies it and moves on.
  bool overtaken = false;
  source = [&, read = AsSource()](const Position& from, const postgres::Context& at) {
    auto page = read(from, at);
    if (!std::exchange(overtaken, true)) CHECK(Step(*consumer) == 1);
    return page;
  };
  CHECK(Step(*other) == 0);
  CHECK(Applied() == "1");
  Write(kTopic, 2);
  CHECK(Step(*other) == 1);
  CHECK(Applied() == "1 2");
}

TEST_CASE_METHOD(Fixture, "a commit whose answer was lost is not applied twice") {
  CHECK(Step(*consumer) == 0);
  Write(kTopic, 1);
  testing::FaultGate gate(own.server().folder());
  const auto through = postgres::Database::Open(gate.Through(own.settings()));
  REQUIRE(through.ok());
  const auto cut_off = Make(**through);
  gate.LoseAnswerTo("apply");
  CHECK(Step(*cut_off) == -1);
  Write(kTopic, 2);
  while (Applied() != "1 2") REQUIRE(Step(*cut_off) >= 0);
}

TEST_CASE_METHOD(Fixture, "after RESET everything is read anew and then followed") {
  CHECK(Step(*consumer) == 0);
  Write(kTopic, 1);
  CHECK(Step(*consumer) == 1);
  Run("UPDATE change_log_head SET incarnation = gen_random_uuid()");
  CHECK(Step(*consumer) == 0);
  CHECK(own.Ask("SELECT count(*) FROM rereads") == "2");
  Write(kTopic, 2);
  CHECK(Step(*consumer) == 1);
  CHECK(Applied() == "1 2");
}

}  // namespace
}  // namespace guildhall::changelog
