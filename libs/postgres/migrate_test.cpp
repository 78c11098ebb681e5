#include "libs/postgres/migrate.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "libs/testing/test_database.h"

namespace guildhall::postgres {
namespace {

constexpr Migration kOne[] = {{1, "0001_create_a", "CREATE TABLE a (id int); SELECT 1;"}};
constexpr Migration kTwo[] = {{1, "0001_create_a", "CREATE TABLE a (id int); SELECT 1;"},
                              {2, "0002_create_b", "CREATE TABLE b (id int)"}};
constexpr Migration kEdited[] = {{1, "0001_create_a", "CREATE TABLE a (id bigint);"}};
constexpr Migration kBroken[] = {{1, "0001_create_a", "CREATE TABLE a (id int); SELECT 1;"},
                                 {2, "0002_half", "CREATE TABLE c (id int); SELECT nonsense"}};
constexpr Migration kCommits[] = {{1, "0001_commits", "CREATE TABLE d (id int); COMMIT"}};

absl::Status Apply(testing::TestDatabase& db, std::span<const Migration> migrations) {
  const Component component{"x", migrations};
  return Migrate(db.settings(), {&component, 1}, {.deadline = Deadline::After(absl::Seconds(20))});
}

std::string Applied(testing::TestDatabase& db) {
  return db.Ask("SELECT string_agg(name, ',' ORDER BY number) FROM schema_migrations");
}

TEST_CASE("migrations are applied once and in order") {
  testing::TestDatabase db;
  REQUIRE(Apply(db, kOne).ok());
  REQUIRE(Apply(db, kOne).ok());
  REQUIRE(Apply(db, kTwo).ok());
  CHECK(Applied(db) == "0001_create_a,0002_create_b");
  db.Run("INSERT INTO a VALUES (1); INSERT INTO b VALUES (1)");
}

TEST_CASE("an older program accepts a database that is ahead of it") {
  testing::TestDatabase db;
  REQUIRE(Apply(db, kTwo).ok());
  CHECK(Apply(db, kOne).ok());
}

TEST_CASE("a migration that was edited after it had been applied is refused") {
  testing::TestDatabase db;
  REQUIRE(Apply(db, kOne).ok());
  CHECK(absl::IsFailedPrecondition(Apply(db, kEdited)));
}

TEST_CASE("a history with a gap is refused") {
  testing::TestDatabase db;
  REQUIRE(Apply(db, kTwo).ok());
  db.Run("DELETE FROM schema_migrations WHERE number = 1");
  CHECK(absl::IsFailedPrecondition(Apply(db, kTwo)));
}

TEST_CASE("a migration that fails leaves nothing of itself and all before it") {
  testing::TestDatabase db;
  CHECK(absl::IsInternal(Apply(db, kBroken)));
  CHECK(Applied(db) == "0001_create_a");
  CHECK(db.Ask("SELECT to_regclass('c') IS NULL") == "t");
}

TEST_CASE("a migration that commits by itself is refused") {
  testing::TestDatabase db;
  CHECK(absl::IsFailedPrecondition(Apply(db, kCommits)));
  CHECK(Applied(db).empty());
}

}  // namespace
}  // namespace guildhall::postgres
