#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "services/discussions/store/test_forum.h"

namespace guildhall::discussions {

// How PostgreSQL ran a statement.
struct Plan {
  std::string text;
  int buffers = 0;
  int rows = 0;
  bool Has(std::string_view part) const { return text.find(part) != std::string::npos; }
};

// For tests of plans: the database of a test, and how statements run there.
struct PlanFixture : TestForum {
  // How PostgreSQL runs `statement` once it is prepared for good (the plan for any parameters).
  Plan PlanOf(const postgres::Statement& statement, const std::string& types,
              const std::string& arguments) {
    const std::string execute = " EXECUTE asked(" + arguments + ")";
    Plan plan;
    plan.text = database.Ask(first + "PREPARE asked(" + types + ") AS " + statement.text +
                             "; SET plan_cache_mode = force_generic_plan;"
                             "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)" +
                             execute);
    const nlohmann::json top = nlohmann::json::parse(plan.text)[0]["Plan"];
    plan.buffers = BuffersOf(top);
    // Parts that write run after the rest and are not in its sum.
    for (const nlohmann::json& part : top.value("Plans", nlohmann::json::array())) {
      if (part["Node Type"] == "ModifyTable") plan.buffers += BuffersOf(part);
    }
    plan.rows = top["Actual Rows"].get<int>();
    UNSCOPED_INFO(plan.text);
    return plan;
  }

  // What a session has run before: a function compiles itself and plans its statements in its first
  // call, which is no part of what a statement costs.
  std::string first =
      "SELECT count(*) FROM (SELECT read_number(gen_random_uuid(), topic) "
      "FROM topics topic LIMIT 1) called;";

  static int BuffersOf(const nlohmann::json& node) {
    return node["Shared Hit Blocks"].get<int>() + node["Shared Read Blocks"].get<int>();
  }
};

}  // namespace guildhall::discussions
