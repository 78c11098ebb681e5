#include "libs/postgres/meters.h"

#include <catch2/catch.hpp>
#include <string>

#include "libs/postgres/database.h"
#include "libs/testing/test_database.h"

namespace guildhall::postgres {
namespace {

bool Holds(const std::string& text, const std::string& line) {
  return text.find(line) != std::string::npos;
}

TEST_CASE("metrics show what the pools do and how long statements take") {
  testing::TestDatabase db;
  telemetry::Metrics metrics;
  constexpr Statement kOne{"one", "SELECT 1"};
  {
    auto opened = Database::Open(db.settings(), &metrics);
    REQUIRE(opened.ok());
    REQUIRE((*opened)->Read(Context(), kOne).ok());
    REQUIRE((*opened)
                ->Transact(Context(),
                           [&](Work& work) {
                             const absl::Status status = work.Run(kOne).status();
                             CHECK(Holds(metrics.Text(),
                                         R"(connections{pool="write",state="in_use"} 1)"));
                             return status;
                           })
                .ok());
    const std::string text = metrics.Text();
    CHECK(Holds(text, R"(guildhall_postgres_connections{pool="read",state="resting"} 1)"));
    CHECK(Holds(text, R"(guildhall_postgres_connections_opened_total{pool="read"} 1)"));
    CHECK(Holds(text, R"(guildhall_postgres_wait_seconds_count{pool="write"} 1)"));
    CHECK(Holds(text, R"(guildhall_postgres_round_trip_seconds_count{statement="one"} 2)"));
    CHECK(Holds(text, R"(guildhall_postgres_round_trip_seconds_count{statement="commit"} 1)"));
  }
  CHECK(Holds(metrics.Text(), "guildhall_postgres_connections"));
}

}  // namespace
}  // namespace guildhall::postgres
