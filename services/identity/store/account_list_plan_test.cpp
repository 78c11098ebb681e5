// What lists of accounts cost: EXPLAIN's buffers of a page of 100 among 1,000 accounts and among
// 100,000, a seventh of them suspended and a fifth of them of externals.
#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "feeds/migrations.h"
#include "identity/migrations.h"
#include "identity/statements.h"
#include "libs/testing/test_database.h"

namespace guildhall::identity {
namespace {

struct Accounts {
  explicit Accounts(int count) {
    database.Run(
        "INSERT INTO accounts (id, email, display_name, affiliation, password_hash, pepper_id, "
        "create_time, suspend_time, suspend_expire_time) "
        "SELECT gen_random_uuid(), left(md5((n + (n + 1) % 2)::text), 12) || n || '@example.org', "
        "left(md5(n::text), 12), "
        "1 + (n % 5 = 0)::int, 'x', '', now() - n * interval '1 minute', "
        "CASE WHEN n % 7 = 1 THEN now() END, "
        "CASE WHEN n % 7 = 1 THEN now() + n * interval '1 second' END FROM generate_series(1, " +
        std::to_string(count) + ") n");
    // Whoever lists accounts does so long after most of them were opened.
    database.Run("VACUUM ANALYZE accounts");
  }

  int BuffersOf(const postgres::Statement& statement, const std::string& types,
                const std::string& arguments) {
    plan = database.Ask(
        "PREPARE asked(" + types + ") AS " + std::string(statement.text) +
        "; SET plan_cache_mode = force_generic_plan; EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) "
        "EXECUTE asked(" +
        arguments + ")");
    const nlohmann::json top = nlohmann::json::parse(plan)[0]["Plan"];
    rows = top["Actual Rows"].get<int>();
    return top["Shared Hit Blocks"].get<int>() + top["Shared Read Blocks"].get<int>();
  }

  // The dearest page of all that may be asked, from the beginning or from the middle.
  int Dearest(const postgres::Statement& statement, const std::string& position_type,
              const std::string& position) {
    int most = 0;
    for (const char* asked : {"0, 0", "1, 0", "2, 0", "0, 1", "0, 2", "2, 2"}) {
      INFO(statement.name << " " << asked);
      const int buffers = BuffersOf(
          statement, "int, int, int, " + position_type + ", uuid",
          std::string(asked) + ", 101, " + position + ", '00000000-0000-0000-0000-000000000000'");
      CHECK(rows > 0);
      most = std::max(most, buffers);
    }
    return most;
  }
  int ByName(const std::string& from) {
    return Dearest(sql::kListAccounts, "text", "'" + from + "'");
  }
  int Newest(const std::string& from) {
    return Dearest(sql::kListNewestAccounts, "timestamptz", from);
  }

  // The dearest page of those who begin with a letter, or in any way: where the names end, both
  // statements. Of a letter it is a sixteenth of all names and addresses; every second address
  // begins as its name does.
  int Beginning(const std::string& letter) {
    int most = 0;
    for (const char* asked : {"0, 0", "1, 0", "2, 0", "0, 1", "0, 2", "2, 2"}) {
      int both = 0;
      for (const auto& statement :
           {sql::kListAccountsByNameBeginning, sql::kListAccountsByEmailBeginning}) {
        both += BuffersOf(statement, "int, int, int, text, text, uuid",
                          std::string(asked) + ", 51, '" + letter +
                              "', '', '00000000-0000-0000-0000-000000000000'");
        CHECK(rows > 0);
        CHECK(plan.find("Seq Scan") == std::string::npos);
      }
      most = std::max(most, both);
    }
    return most;
  }

  // Another version of each row, and entries of each in all indexes, without a vacuum.
  void ChangeAll() {
    database.Run("UPDATE accounts SET display_name = display_name || 'x', email = 'x' || email");
    database.Run(
        "UPDATE accounts SET display_name = left(md5(email), 12), email = substr(email, 2)");
  }

  testing::TestDatabase database{{{"feeds", feeds::kMigrations}, {"identity", kMigrations}}};
  std::string plan;  // of the last statement, like rows
  int rows = 0;
};

TEST_CASE("a page of accounts costs the same, whatever is asked and however many there are") {
  Accounts few(1'000), many(100'000);
  const int by_name = many.ByName("8"), newest = many.Newest("'infinity'");
  UNSCOPED_INFO("by name " << by_name << ", newest " << newest);
  CHECK(many.ByName("") <= 200);
  CHECK(by_name <= 200);
  CHECK(by_name <= 2 * few.ByName("8"));
  CHECK(newest <= 200);
  CHECK(many.Newest("now() - interval '300 minutes'") <= 200);
  // Two levels more of an index for each of its four ranges.
  CHECK(newest <= 2 * few.Newest("'infinity'") + 8);
}

TEST_CASE("a page of those who begin alike costs the same, whatever is asked") {
  Accounts few(1'000), many(100'000);
  for (const char* letter : {"C", ""}) {
    const int dearest = many.Beginning(letter);
    UNSCOPED_INFO("'" << letter << "' " << dearest << " " << many.plan);
    CHECK(dearest <= 300);
  }
  CHECK(many.Beginning("C") <= 2 * few.Beginning("C"));
}

TEST_CASE("a page of accounts is bounded right after all of them were changed, too") {
  Accounts many(100'000);
  many.ChangeAll();
  const int by_name = many.ByName("8"), newest = many.Newest("'infinity'"),
            beginning = many.Beginning("C"), any = many.Beginning("");
  UNSCOPED_INFO(by_name << " " << newest << " " << beginning << " " << any);
  CHECK(std::max({by_name, newest, beginning, any}) <= 500);
}

TEST_CASE("an account is found by its address, and suspended ones by their index") {
  Accounts many(100'000);
  CHECK(many.BuffersOf(sql::kGetAccountOfEmail, "text", "'8456555f62f570000@example.org'") <= 5);
  CHECK(many.rows == 1);
  UNSCOPED_INFO(many.plan);
  CHECK(many.BuffersOf(sql::kListSuspendedAccounts, "uuid, int",
                       "'70000000-0000-0000-0000-000000000000', 1000") <= 1'020);
  CHECK(many.rows == 1000);
  CHECK(many.BuffersOf(sql::kListEndedSuspensions, "timestamptz, timestamptz, uuid, int",
                       "'infinity', now() + interval '1 hour', "
                       "'00000000-0000-0000-0000-000000000000', 50") <= 60);
  CHECK(many.rows == 50);
}

}  // namespace
}  // namespace guildhall::identity
