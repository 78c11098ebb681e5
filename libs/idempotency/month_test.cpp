// Claims over a month: a day is a moment here, and the clock of their rows is the test's.
#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"
#include "idempotency/migrations.h"
#include "idempotency/statements.h"
#include "libs/idempotency/purge.h"
#include "libs/testing/fake_clock.h"
#include "libs/testing/test_database.h"

namespace guildhall::idempotency {
namespace {

constexpr int kClaimsOfADay = 4'000;
// A round takes what has become too old since the one before.
constexpr int kRoundsOfADay = 2;

struct Month : testing::TestDatabase {
  Month() : TestDatabase({{"idempotency", kMigrations}}) {}

  void WriteClaims(int count) {
    Run(absl::StrCat(
        "INSERT INTO request_claims (request_id, caller, method, digest, answer, create_time) "
        "SELECT gen_random_uuid(), gen_random_uuid(), 'CreatePost', 'digest', 'answer', '",
        absl::FormatTime(clock.Now()), "' FROM generate_series(1, ", count, ")"));
  }
  void Day() {
    for (int i = 0; i < kRoundsOfADay; ++i) {
      clock.Advance(absl::Hours(24) / kRoundsOfADay);
      REQUIRE(PurgeClaims(**this, clock.Now()).ok());
      WriteClaims(kClaimsOfADay / kRoundsOfADay);
    }
    // As autovacuum does when a fifth of the rows is dead.
    Run("VACUUM request_claims");
  }
  // Of a round that has nothing to do.
  int BuffersOfARound() {
    const std::string plan = Ask(absl::StrCat(
        "SET plan_cache_mode = force_generic_plan; "
        "PREPARE purge(timestamptz, int) AS ",
        sql::kPurgeClaims.text, "; EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE purge('",
        absl::FormatTime(clock.Now() - kRemembered - absl::Hours(12)), "', 1000)"));
    const std::string name = "\"Shared Hit Blocks\": ";
    INFO(plan);
    REQUIRE(plan.find(name) != std::string::npos);
    return std::atoi(plan.c_str() + plan.find(name) + name.size());
  }
  int Pages() { return std::stoi(Ask("SELECT pg_relation_size('request_claims') / 8192")); }

  testing::FakeClock clock;
};

TEST_CASE_METHOD(Month,
                 "claims go after a day, and purging costs as much after a month as at first") {
  for (int day = 1; day <= 3; ++day) Day();
  const int pages = Pages();
  for (int day = 4; day <= 30; ++day) Day();
  CHECK(Ask("SELECT count(*) FROM request_claims") ==
        std::to_string(kClaimsOfADay + kClaimsOfADay / kRoundsOfADay));
  // The room of what went is taken by what comes.
  CHECK(Pages() <= pages + pages / 5);
  CHECK(BuffersOfARound() < 10);
}

}  // namespace
}  // namespace guildhall::idempotency
