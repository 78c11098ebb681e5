#include "libs/postgres/settings.h"

#include <catch2/catch.hpp>
#include <string>

namespace guildhall::postgres {
namespace {

TEST_CASE("an operator chooses the database and the pools, and the password is not shown") {
  PostgresSettings settings;
  settings::Schema schema;
  Declare(schema, settings);
  REQUIRE(schema
              .Load({.arguments = {"--postgres=dbname=directory", "--postgres_read_connections=2"},
                     .environment = {{"GUILDHALL_POSTGRES_PASSWORD", "hush"}}})
              .ok());
  CHECK(settings.conninfo == "dbname=directory");
  CHECK(settings.read_connections == 2);
  CHECK(settings.password.Reveal() == "hush");
  for (const auto& [name, value] : schema.Values()) CHECK(value.find("hush") == std::string::npos);
}

}  // namespace
}  // namespace guildhall::postgres
