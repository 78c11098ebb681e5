#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <utility>

#include "libs/postgres/database.h"
#include "libs/testing/test_database.h"

// What the tests of this folder share: a table, and statements about it.
namespace guildhall::postgres {

inline constexpr Migration kSchema[] = {
    {1, "0001_create_rows", "CREATE TABLE rows (id int PRIMARY KEY, n int NOT NULL DEFAULT 0)"}};
inline constexpr Statement kInsert{"insert_row", "INSERT INTO rows (id) VALUES ($1)"};
inline constexpr Statement kBump{"bump_row", "UPDATE rows SET n = n + 1 WHERE id = $1"};
inline constexpr Statement kLock{"lock_row", "SELECT n FROM rows WHERE id = $1 FOR UPDATE"};
inline constexpr Statement kEcho{"echo", "SELECT $1::text"};
inline constexpr Statement kSleep{"sleep", "SELECT pg_sleep($1)::text"};

struct Table : testing::TestDatabase {
  Table() : TestDatabase({{"rows", kSchema}}) {}
  std::string Count() { return Ask("SELECT count(*) FROM rows"); }
};

inline Context Within(absl::Duration wait) { return {.deadline = Deadline::After(wait)}; }

inline std::unique_ptr<Database> Open(const PostgresSettings& settings) {
  auto opened = Database::Open(settings);
  REQUIRE(opened.ok());
  return *std::move(opened);
}

}  // namespace guildhall::postgres
