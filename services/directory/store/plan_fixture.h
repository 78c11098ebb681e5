#pragma once

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "directory/statements.h"
#include "services/directory/store/directory_fixture.h"

namespace guildhall::directory {

// How PostgreSQL ran a statement.
struct Plan {
  std::string text;
  int buffers = 0;
  int rows = 0;
  bool Has(std::string_view part) const { return text.find(part) != std::string::npos; }
};

// For tests of plans: the database of a test, and how statements run there.
struct PlanFixture : TestDirectory {
  // How PostgreSQL runs `statement` once it is prepared for good (the plan for any parameters), in
  // a session that has run it before: the first time it also reads what it knows of tables and
  // functions, which is no part of what a statement costs.
  Plan PlanOf(const postgres::Statement& statement, const std::string& types,
              const std::string& arguments) {
    const std::string execute = " EXECUTE asked(" + arguments + ");";
    Plan plan;
    plan.text = Ask("PREPARE asked(" + types + ") AS " + std::string(statement.text) +
                    "; SET plan_cache_mode = force_generic_plan; EXPLAIN (ANALYZE)" + execute +
                    "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)" + execute);
    const nlohmann::json top = nlohmann::json::parse(plan.text)[0]["Plan"];
    plan.buffers = top["Shared Hit Blocks"].get<int>() + top["Shared Read Blocks"].get<int>();
    plan.rows = top["Actual Rows"].get<int>();
    UNSCOPED_INFO(plan.text);
    return plan;
  }

  // The id that stands before all others in a position.
  static constexpr char kNil[] = "'00000000-0000-0000-0000-000000000000'";
};

}  // namespace guildhall::directory
