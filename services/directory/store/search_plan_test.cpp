// What a search costs among many members: EXPLAIN's buffers, planned for any parameters.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "directory/statements.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/directory_fixture.h"

namespace guildhall::directory {
namespace {

struct Fixture : TestDirectory {
  // `count` members, of whom 1 in `count` / 100 has each of the three: a skill, a liking, a
  // location. Beside these everybody has skills and communities, and one of 20 given names. Each
  // tenth, all of the 100 among them, and all of one given name have 200 communities of 5,000, the
  // others 5.
  void AddMembers(int count) {
    Run("DROP INDEX members_by_terms");
    Run(absl::StrCat(R"sql(
      INSERT INTO members (id, display_name, location, skills, interests, projects, affiliation,
                           create_time, community_ids)
      SELECT gen_random_uuid(), 'Given' || chr(97 + n % 20) || ' ' || md5(n::text),
             CASE WHEN n % rare = 0 THEN 'Porto' ELSE 'City ' || n % 40 END,
             ARRAY[CASE WHEN n % rare = 0 THEN 'Rye' ELSE 'Skill ' || n % 50 END,
                   'Skill ' || 50 + n % 400],
             ARRAY[CASE WHEN n % rare = 0 THEN 'Chess' ELSE 'Liking ' || n % 30 END],
             ARRAY['Project ' || n % 1000], 1, now(),
             ARRAY(SELECT md5(((n * 7 + k * 23) % 5000)::text)::uuid
                   FROM generate_series(1, CASE WHEN n % 10 = 0 THEN 200 ELSE 5 END) k)
      FROM generate_series(1, )sql",
                     count, ") n, (SELECT ", count / 100, " AS rare) asked;",
                     R"sql(
      CREATE INDEX members_by_terms ON members
        USING gin (member_terms(display_name, location, skills, interests, projects, community_ids))
        WITH (fastupdate = off);
      ANALYZE members)sql"));
  }
  int Buffers(const std::string& asked, const std::string& viewer) {
    const std::string plan =
        Ask("PREPARE asked(text, boolean, text[], text[], text[], text, uuid, uuid, boolean, int) "
            "AS " +
            std::string(sql::kSearchMembers.text) +
            "; SET plan_cache_mode = force_generic_plan;"
            // Loads the dictionary and what functions need of the catalog.
            "EXPLAIN (ANALYZE) EXECUTE asked(" +
            asked + ", NULL, " + viewer +
            ", 301);"
            "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE asked(" +
            asked + ", NULL, " + viewer + ", 301)");
    UNSCOPED_INFO(plan);
    const nlohmann::json top = nlohmann::json::parse(plan)[0]["Plan"];
    rows = top["Actual Rows"].get<int>();
    return top["Shared Hit Blocks"].get<int>() + top["Shared Read Blocks"].get<int>();
  }
  void AddCommunities() {
    Run("INSERT INTO communities (id, display_name, kind, visibility, admits, create_time) "
        "SELECT md5(n::text)::uuid, 'C' || n, 1, 1, 2, now() FROM generate_series(0, 4999) n");
  }
  // Every so many-th of them.
  void AddTo(MemberId member, int step) {
    Run(absl::StrCat("INSERT INTO memberships SELECT md5(n::text)::uuid, '", member.ToString(),
                     "', 1, now() FROM generate_series(0, 4999, ", step, ") n"));
  }
  void AddViewers() {
    AddCommunities();
    AddTo(colleague, 25);
    AddTo(customer, 250);
    AddTo(busy_customer, 25);
    Run("ANALYZE");
  }
  static std::string Asked(MemberId viewer, bool external) {
    return "'" + viewer.ToString() + (external ? "', true" : "', false");
  }
  void CheckPlans() {
    const std::string employee = Asked(colleague, false);
    const std::string three = "'', false, '{rye}', '{chess}', '{}', 'porto'";
    CHECK(Buffers(three, employee) <= 350);
    CHECK(rows == 100);
    CHECK(Buffers("'given', false, '{skill 7}', '{liking 7}', '{}', 'city 7'", employee) <= 500);
    CHECK(Buffers("'givena', false, '{}', '{}', '{}', ''", employee) <= 500);
    CHECK(rows == 301);
    CHECK(Buffers("'givne nobody', true, '{}', '{}', '{}', ''", employee) <= 250);
    for (const auto& [viewer, most] : {std::pair(customer, 500), std::pair(busy_customer, 2000)}) {
      CHECK(Buffers(three, Asked(viewer, true)) <= most);
      CHECK(Buffers("'given', false, '{}', '{}', '{}', ''", Asked(viewer, true)) <= most);
    }
  }

  int CommunityBuffers(const std::string& name, const std::string& viewer) {
    return CommunityBuffers(sql::kSearchCommunities, "communities_by_terms", name, viewer,
                            kMaxFoundCommunities);
  }
  int FormerBuffers(const std::string& name, const std::string& viewer) {
    return CommunityBuffers(sql::kSearchFormerNames, "former_names_by_terms", name, viewer,
                            kMaxFoundFormerNames);
  }
  int CommunityBuffers(const postgres::Statement& statement, const std::string& index,
                       const std::string& name, const std::string& viewer, int count) {
    const std::string asked =
        "EXECUTE asked(" + name + ", " + viewer + ", " + std::to_string(count) + ", false)";
    const std::string plan = Ask("PREPARE asked(text, boolean, uuid, boolean, int, boolean) AS " +
                                 std::string(statement.text) +
                                 "; SET plan_cache_mode = force_generic_plan; EXPLAIN (ANALYZE) " +
                                 asked + "; EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + asked);
    UNSCOPED_INFO(plan);
    CHECK(plan.find(index) != std::string::npos);
    const nlohmann::json top = nlohmann::json::parse(plan)[0]["Plan"];
    rows = top["Actual Rows"].get<int>();
    return top["Shared Hit Blocks"].get<int>() + top["Shared Read Blocks"].get<int>();
  }

  // With 200 communities, with 20, with 200.
  const MemberId colleague = AddMember("Cleo");
  const MemberId customer = AddMember("Carla", Affiliation::kExternal);
  const MemberId busy_customer = AddMember("Chloe", Affiliation::kExternal);
  int rows = 0;
};

TEST_CASE_METHOD(Fixture, "a search reads its index and those it finds") {
  AddMembers(10'000);
  AddViewers();
  CheckPlans();
}

TEST_CASE_METHOD(Fixture, "a search among 5,000 communities reads those that are called so") {
  AddViewers();
  Run("INSERT INTO communities (id, display_name, kind, visibility, admits, create_time) "
      "SELECT gen_random_uuid(), 'Guild' || chr(97 + n % 20) || ' ' || md5(n::text), 1, 1, "
      "1 + (n % 10 = 0)::int, now() FROM generate_series(1, 5000) n; ANALYZE communities");
  const std::string employee = "gen_random_uuid(), false";
  const std::string external = "'" + customer.ToString() + "', true";
  CHECK(CommunityBuffers("'guilda c4ca4', false", employee) <= 100);
  CHECK(CommunityBuffers("'guildb', false", employee) <= 500);
  CHECK(rows == kMaxFoundCommunities);
  CHECK(CommunityBuffers("'guild', false", employee) <= 500);
  CHECK(rows == kMaxFoundCommunities);
  CHECK(CommunityBuffers("'guidlb nobody', true", employee) <= 100);
  CHECK(CommunityBuffers("'guilda', false", external) <= 500);
}

TEST_CASE_METHOD(Fixture, "a search among 20,000 former names reads those that were called so") {
  AddViewers();
  Run("UPDATE communities SET admits = 1 + (substr(display_name, 2)::int % 10 = 0)::int;"
      "INSERT INTO former_names (community_id, display_name, end_time) "
      "SELECT id, 'Guild' || chr(97 + n) || ' ' || display_name, now() - n * interval '1 day' "
      "FROM communities, generate_series(1, 4) n");
  Run("VACUUM ANALYZE");
  const std::string employee = "gen_random_uuid(), false";
  const std::string external = "'" + busy_customer.ToString() + "', true";
  for (const std::string& viewer : {employee, external}) {
    CHECK(FormerBuffers("'guildb c77', false", viewer) <= 150);
    CHECK(FormerBuffers("'guildc', false", viewer) <= 500);
    CHECK(rows == kMaxFoundFormerNames);
    CHECK(FormerBuffers("'guidlb nobody', true", viewer) <= 150);
  }
}

TEST_CASE_METHOD(Fixture, "a search among 100,000 members touches at most 500 buffers", "[.long]") {
  AddMembers(1'000);
  AddViewers();
  const std::string three = "'', false, '{rye}', '{chess}', '{}', 'porto'";
  const int small = Buffers(three, Asked(colleague, false));
  Run("DELETE FROM members WHERE display_name LIKE 'Given%'");
  AddMembers(100'000);
  CheckPlans();
  // 58 and 120: the index is read little more, but the hundred lie in a hundred pages and not
  // in 45.
  CHECK(Buffers(three, Asked(colleague, false)) <= 2.2 * small);
}

}  // namespace
}  // namespace guildhall::directory
