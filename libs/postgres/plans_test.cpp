// How long the one plan of a statement stays.
#include <catch2/catch.hpp>
#include <memory>
#include <vector>

#include "libs/postgres/connection.h"
#include "libs/postgres/table_fixture.h"

namespace guildhall::postgres {
namespace {

constexpr Statement kGet{"get_row", "SELECT n FROM rows WHERE id = $1"};
// In the transaction so far.
constexpr Statement kLookUps{
    "count_look_ups", "SELECT idx_scan::int FROM pg_stat_xact_user_tables WHERE relname = 'rows'"};
constexpr Statement kBegin{"begin", "BEGIN"};
constexpr Statement kFail{"fail", "SELECT 1 / 0"};
constexpr Statement kRollback{"rollback", "ROLLBACK"};

struct Fixture : Table {
  Fixture() {
    auto opened = internal::Connection::Open(settings(), internal::Purpose::kWrite, meters,
                                             Within(absl::Seconds(10)));
    REQUIRE(opened.ok());
    connection = *std::move(opened);
  }
  template <typename... Args>
  void Queue(const Statement& statement, const Args&... args) {
    connection->Queue(statement, Params(args...).list(), Context());
  }
  // How often the index was used for a row by its key.
  int LookUps() {
    Queue(kGet, 1);
    Queue(kLookUps);
    auto outcome = connection->Exchange(Within(absl::Seconds(10)));
    REQUIRE(outcome.status.ok());
    return outcome.last[0].Get<std::int32_t>(0);
  }

  internal::Meters meters{nullptr, "write"};
  std::unique_ptr<internal::Connection> connection;
};

TEST_CASE_METHOD(Fixture, "a table that was empty is not read whole for long once it has grown") {
  Run("ANALYZE rows");
  CHECK(LookUps() == 0);
  Run("INSERT INTO rows SELECT generate_series(1, 20000)");
  connection->set_plan_age(absl::InfiniteDuration());
  CHECK(LookUps() == 0);
  // Only this is made up: that the time has passed.
  connection->set_plan_age(absl::ZeroDuration());
  CHECK(LookUps() == 1);
}

TEST_CASE_METHOD(Fixture, "that plans are forgotten is nobody's answer") {
  connection->set_plan_age(absl::ZeroDuration());
  for (int round = 0; round < 3; ++round) {
    std::vector<Rows> all;
    Queue(kEcho, "one");
    Queue(kEcho, "two");
    REQUIRE(connection->Exchange(Within(absl::Seconds(10)), &all).status.ok());
    REQUIRE(all.size() == 2);
    CHECK(all[0][0].Get<std::string>(0) == "one");
    CHECK(all[1][0].Get<std::string>(0) == "two");
  }
}

TEST_CASE_METHOD(Fixture, "a failed transaction ends although plans are old") {
  connection->set_plan_age(absl::ZeroDuration());
  Queue(kBegin);
  Queue(kFail);
  CHECK_FALSE(connection->Exchange(Within(absl::Seconds(10))).status.ok());
  REQUIRE(connection->InTransaction());
  Queue(kRollback);
  CHECK(connection->Exchange(Within(absl::Seconds(10))).status.ok());
  CHECK(connection->Reusable());
}

}  // namespace
}  // namespace guildhall::postgres
