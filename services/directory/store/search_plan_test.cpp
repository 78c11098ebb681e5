// What a search costs among many members: EXPLAIN's buffers, planned for any parameters.
#include "absl/strings/str_cat.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/plan_fixture.h"

namespace guildhall::directory {
namespace {

struct Fixture : PlanFixture {
  // `count` members, of whom 1 in `count` / 100 has each of the three: a skill, a liking, a
  // location. Beside these everybody has skills and communities, and one of 20 given names. Each
  // tenth, all of the 100 among them, and all of one given name have 200 communities of 5,000, the
  // others 5. One in seven knows PostgreSQL, and every fifth is an engineer.
  void AddMembers(int count) {
    Run("DROP INDEX members_by_terms, members_by_words");
    Run(absl::StrCat(R"sql(
      INSERT INTO members (id, display_name, headline, location, skills, interests, projects,
                           languages, affiliation, create_time, community_ids)
      SELECT gen_random_uuid(), 'Given' || chr(97 + n % 20) || ' ' || md5(n::text),
             (ARRAY['Engineer', 'Baker at night', 'Designer', 'Lead of sales', ''])[1 + n % 5],
             CASE WHEN n % rare = 0 THEN 'Porto' ELSE 'City ' || n % 40 END,
             ARRAY[CASE WHEN n % rare = 0 THEN 'Rye' ELSE 'Skill ' || n % 50 END,
                   'Skill ' || 50 + n % 400,
                   CASE WHEN n % 7 = 0 THEN 'PostgreSQL administration' ELSE 'Cheese making' END],
             ARRAY[CASE WHEN n % rare = 0 THEN 'Chess' ELSE 'Liking ' || n % 30 END],
             ARRAY['Project ' || n % 1000], '{en,pt-BR}', 1, now(),
             ARRAY(SELECT md5(((n * 7 + k * 23) % 5000)::text)::uuid
                   FROM generate_series(1, CASE WHEN n % 10 = 0 THEN 200 ELSE 5 END) k)
      FROM generate_series(1, )sql",
                     count, ") n, (SELECT ", count / 100, " AS rare) asked;",
                     R"sql(
      CREATE INDEX members_by_terms ON members
        USING gin (member_terms(display_name, location, skills, interests, projects, community_ids))
        WITH (fastupdate = off);
      CREATE INDEX members_by_words ON members
        USING gin (member_words(words_listed, display_name, headline, location, skills, interests,
                                projects, languages, community_ids))
        WITH (fastupdate = off);
      ANALYZE members)sql"));
  }
  // What a search touches in its first statement and, where that answers with the one row that says
  // so, in the one that asks the index.
  int Buffers(const std::string& asked, const std::string& viewer) {
    const auto run = [&](const char* by_index) {
      return PlanOf(
          sql::kSearchMembers,
          "text, boolean, text[], text[], text[], text, uuid, uuid, boolean, int, "
          "boolean, int, int, text, text[]",
          absl::StrCat(asked, ", NULL, ", viewer, ", 301, ", by_index, ", ", kMaxCommunitiesByIndex,
                       ", ", kMaxPagesReadForKnown, ", '", about, "', '{}'"));
    };
    const Plan first = run("false");
    rows = first.rows;
    asks_the_index = rows == 1;
    if (!asks_the_index) return first.buffers;
    const Plan second = run("true");
    rows = second.rows;
    return first.buffers + second.buffers;
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
    CHECK(Buffers(kThree, employee) <= 350);
    CHECK(rows == 100);
    CHECK(Buffers("'given', false, '{skill 7}', '{liking 7}', '{}', 'city 7'", employee) <= 500);
    CHECK(Buffers(kCommonName, employee) <= 500);
    CHECK(rows == 301);
    CHECK(Buffers("'givne nobody', true, '{}', '{}', '{}', ''", employee) <= 250);
    for (const MemberId viewer : {customer, busy_customer}) {
      for (const char* asked : {kThree, kCommonName, "'given', false, '{}', '{}', '{}', ''"}) {
        INFO(asked);
        CHECK(Buffers(asked, Asked(viewer, true)) <= 500);
        CHECK(!(viewer == busy_customer && asks_the_index));
      }
    }
    CHECK(rows == 301);
    CheckWords();
  }
  // Of what members say of themselves: what many say, what no other one begins with, and all of it.
  void CheckWords() {
    for (const char* words : {"postgres", "engineer", "chees admin postgr", "postgrex", "nobody",
                              "engix", "designs", "engineery"}) {
      about = words;
      INFO(about);
      const bool found = about == "postgres" || about == "engineer" || about == "engineery";
      CHECK(Buffers(kAnybody, Asked(colleague, false)) <= 500);
      CHECK(rows == (found ? 301 : 1));
      CHECK(Buffers(kAnybody, Asked(customer, true)) <= 500);
      CHECK((rows > 1) == found);
    }
    about.clear();
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
    const Plan plan = PlanOf(statement, "text, boolean, uuid, boolean, int, boolean",
                             absl::StrCat(name, ", ", viewer, ", ", count, ", false"));
    CHECK(plan.Has(index));
    rows = plan.rows;
    return plan.buffers;
  }

  // With 200 communities, with 20, with 200.
  const MemberId colleague = AddMember("Cleo");
  const MemberId customer = AddMember("Carla", Affiliation::kExternal);
  const MemberId busy_customer = AddMember("Chloe", Affiliation::kExternal);
  int rows = 0;
  bool asks_the_index = false;
  // Of what members say of themselves.
  std::string about;

  static constexpr char kAnybody[] = "'', false, '{}', '{}', '{}', ''";
  static constexpr char kThree[] = "'', false, '{rye}', '{chess}', '{}', 'porto'";
  // Of all who are called so the busy customer knows most.
  static constexpr char kCommonName[] = "'givena', false, '{}', '{}', '{}', ''";
  // Of these few.
  static constexpr char kStrangersName[] = "'givenb', false, '{}', '{}', '{}', ''";
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

// What the index is asked for costs 3 to 7 buffers for each community, and the rows that told so
// 100.
TEST_CASE_METHOD(Fixture, "who knows few of those who are called so finds them by the index") {
  AddMembers(10'000);
  AddViewers();
  CHECK(Buffers(kStrangersName, Asked(busy_customer, true)) <= 500 + 7 * 200);
  CHECK(asks_the_index);
}

TEST_CASE_METHOD(Fixture, "values of a facet are read one by one") {
  AddMembers(10'000);
  Run("ANALYZE");
  const auto list = [&](const std::string& arguments) {
    return PlanOf(sql::kListFacetValues, "int, text, text, int", arguments);
  };
  const Plan page = list("1, '', '', 31"), typed = list("1, 'skill 4', 'skill 41', 31"),
             most = list("3, '', '', 101");
  CHECK(page.rows == 31);
  CHECK(page.buffers <= 31 * 5);
  CHECK(typed.rows == 31);
  CHECK(typed.buffers <= 31 * 5);
  CHECK(most.rows == 101);
  CHECK(most.buffers <= 500);
  CHECK(list("1, 'nobody', '', 31").buffers <= 10);
}

// As much again as among a hundredth of the members, each with as many communities.
TEST_CASE_METHOD(Fixture, "a search among 100,000 members touches at most 500 buffers", "[.long]") {
  AddMembers(1'000);
  AddViewers();
  const std::string viewers[] = {Asked(colleague, false), Asked(customer, true),
                                 Asked(busy_customer, true)};
  std::vector<int> small;
  for (const std::string& viewer : viewers) small.push_back(Buffers(kThree, viewer));
  Run("DELETE FROM facet_values; DELETE FROM members WHERE display_name LIKE 'Given%'");
  AddMembers(100'000);
  CheckPlans();
  for (int i = 0; i < 3; ++i) CHECK(Buffers(kThree, viewers[i]) <= 2 * small[i]);
  CHECK(PlanOf(sql::kListFacetValues, "int, text, text, int", "3, '', '', 101").buffers <= 500);
}

}  // namespace
}  // namespace guildhall::directory
