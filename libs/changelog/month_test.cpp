// A log over months: a day is a moment here, and the clock of its rows is the test's.
#include "libs/changelog/consumer.h"
#include "libs/changelog/log_fixture.h"
#include "libs/testing/fake_clock.h"

namespace guildhall::changelog {
namespace {

constexpr int kChangesOfADay = 20;
constexpr int kKeys = 5;
// Weeks that begin within kKept, the one that kKept begins in, and the one that may go tomorrow;
// this week is among them. Two more are made ahead, and one takes what has no place.
constexpr int kMostPartitions = 6 + 2 + 1;

constexpr postgres::Migration kApplied[] = {{1, "0001_create_applied",
                                             "CREATE TABLE applied (consumer text, version bigint);"
                                             "CREATE TABLE rereads (consumer text)"}};
constexpr postgres::Statement kApply{"apply",
                                     "INSERT INTO applied (consumer, version) VALUES ($1, $2)"};
constexpr postgres::Statement kReread{"reread", "INSERT INTO rereads VALUES ($1)"};

struct Months : TestLog {
  Months() {
    Run("CREATE TABLE simulated (at timestamptz NOT NULL); INSERT INTO simulated VALUES (now());"
        "CREATE FUNCTION simulated_now() RETURNS timestamptz LANGUAGE sql STABLE AS "
        "'SELECT at FROM simulated';"
        "ALTER TABLE change_log ALTER COLUMN create_time SET DEFAULT simulated_now()");
    NextDay();
  }

  // The upkeep of a night, as services and PostgreSQL do it.
  void NextDay() {
    clock.Advance(absl::Hours(24));
    ++day;
    Run("UPDATE simulated SET at = '" + absl::FormatTime(clock.Now()) + "'");
    REQUIRE(KeepPartitions(**this, clock.Now()).ok());
    if (day % 7 == 0) Run("VACUUM change_keys, change_log_head, simulated");
  }

  void WriteOfTheDay() {
    std::vector<Change> changes;
    for (int i = 0; i < kChangesOfADay; ++i) {
      Uuid key = kTopic;
      key.bytes[15] = static_cast<std::uint8_t>(++written % kKeys);
      changes.push_back(ChangeOf(key, written));
    }
    Write(changes);
  }

  std::unique_ptr<Consumer> Make(const std::string& name) {
    return std::make_unique<Consumer>(
        *own, name,
        TailParts{.producer = "producer", .source = AsSource(), .redis = {}, .metrics = metrics},
        Effect{.apply =
                   [name](postgres::Work& work, std::span<const Entry> entries) {
                     for (const Entry& entry : entries) {
                       work.Defer(kApply, name, entry.change.version);
                     }
                     return absl::OkStatus();
                   },
               .reread = [name](const postgres::Context&) -> absl::StatusOr<Effect::Replace> {
                 return [name](postgres::Work& work) { return work.Run(kReread, name).status(); };
               }});
  }
  void Step(Consumer& consumer) { REQUIRE(consumer.RunOnce(context()).ok()); }
  std::string Applied(const std::string& name) {
    return own.Ask(
        "SELECT count(DISTINCT version) || ' of ' || count(*) FROM applied "
        "WHERE consumer = '" +
        name + "'");
  }
  // What a consumer says that has applied all changes of so many days, each once.
  static std::string CountOf(int days) {
    const std::string all = std::to_string(days * kChangesOfADay);
    return all + " of " + all;
  }
  std::string Rereads(const std::string& name) {
    return own.Ask("SELECT count(*) FROM rereads WHERE consumer = '" + name + "'");
  }
  int Partitions() {
    return std::stoi(
        Ask("SELECT count(*) FROM pg_inherits WHERE inhparent = "
            "'change_log'::regclass"));
  }
  // How many were written within kKept, and of these in no partition of their own.
  std::string Kept() {
    return Ask(
        "SELECT concat_ws(' ', count(*), count(*) FILTER (WHERE change_log.tableoid = "
        "'change_log_rest'::regclass)) FROM change_log, simulated "
        "WHERE create_time > at - interval '30 days'");
  }
  int Pages(const std::string& table) {
    return std::stoi(Ask("SELECT pg_relation_size('" + table + "') / 8192"));
  }

  testing::FakeClock clock;
  testing::TestDatabase own{{{"changelog", kMigrations}, {"own", kApplied}}};
  telemetry::Metrics metrics;
  int day = 0, written = 0;
};

TEST_CASE_METHOD(Months, "partitions come ahead and go after 30 days, and nothing younger goes") {
  int kept_days = 0;
  int pages_after_a_month = 0;
  for (; day <= 70; NextDay()) {
    WriteOfTheDay();
    kept_days = std::min(kept_days + 1, 30);
    CAPTURE(day);
    REQUIRE(Kept() == std::to_string(kept_days * kChangesOfADay) + " 0");
    if (day == 42) pages_after_a_month = Pages("change_keys");
    if (day % 7 == 0) REQUIRE(Partitions() <= kMostPartitions);
  }
  // Less than a week of what is older than that is there.
  CHECK(std::stoi(Ask("SELECT count(*) FROM change_log")) < (30 + 8) * kChangesOfADay);
  CHECK(Pages("change_keys") == pages_after_a_month);
}

TEST_CASE_METHOD(Months, "who was away for a week goes on where it was, after 40 days it begins") {
  const auto always = Make("always"), week = Make("week"), long_gone = Make("long gone");
  for (Consumer* each : {always.get(), week.get(), long_gone.get()}) Step(*each);
  for (const int first = day; day <= first + 45; NextDay()) {
    WriteOfTheDay();
    const int past = day - first;
    if (past % 5 == 0) Step(*always);
    if (past < 3 || past == 10) Step(*week);
    if (past < 3 || past >= 43) Step(*long_gone);
  }
  CHECK(Applied("always") == CountOf(46));
  CHECK(Applied("week") == CountOf(11));
  CHECK(Rereads("week") == "1");
  // It has read anew what was written on the 40 days, and on that of its return.
  CHECK(Applied("long gone") == CountOf(46 - 41));
  CHECK(Rereads("long gone") == "2");
}

TEST_CASE_METHOD(Months,
                 "a month without upkeep loses nothing: what has no partition goes elsewhere") {
  for (int i = 0; i < 30; ++i) {
    clock.Advance(absl::Hours(24));
    Run("UPDATE simulated SET at = '" + absl::FormatTime(clock.Now()) + "'");
    WriteOfTheDay();
  }
  const std::string all = std::to_string(30 * kChangesOfADay);
  CHECK(Kept() > all + " 0");
  for (int i = 0; i < 35; ++i) {
    NextDay();
    WriteOfTheDay();
    CAPTURE(i);
    if (i % 5 == 0) REQUIRE(Kept().starts_with(all + " "));
  }
  CHECK(Ask("SELECT count(*) FROM change_log_rest") == "0");
  CHECK(Partitions() <= kMostPartitions);
}

}  // namespace
}  // namespace guildhall::changelog
