// What a search by what communities say costs: EXPLAIN's buffers among 5,000, planned for any
// parameters.
#include "absl/strings/str_cat.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/plan_fixture.h"

namespace guildhall::directory {
namespace {

struct Fixture : PlanFixture {
  // 130 communities that say 240 made-up words each, all of which begin alike.
  void AddHostile() {
    Run(R"sql(
      INSERT INTO communities (id, display_name, description, kind, visibility, admits,
                               member_count, create_time)
      SELECT md5('hostile' || n)::uuid, 'Hostile ' || n,
             (SELECT string_agg('comm' || left(md5((n * 240 + k)::text), 3), ' ')
              FROM generate_series(1, 240) k),
             1, 1, 1, 1, now()
      FROM generate_series(1, 130) n)sql");
    Run("VACUUM ANALYZE community_words");
  }
  // `count` communities of some 60 words each: "community" and three others are said by all, three
  // words in a hundred begin with "com", and one community in 100 says "sourdough". The customer
  // belongs to 200.
  void Fill(int count) {
    Run(absl::StrCat(R"sql(
      INSERT INTO communities (id, display_name, description, kind, visibility, admits,
                               member_count, create_time)
      SELECT md5(n::text)::uuid, 'Guild ' || n,
             'Our community meets where colleagues share '
             || (SELECT string_agg(CASE WHEN k % 30 = 0 THEN 'com' ELSE '' END
                                   || left(md5((n * 7 + k * 131)::text), 3 + k % 9), ' ')
                 FROM generate_series(1, 50) k)
             || CASE WHEN n % 100 = 3 THEN ' sourdough' ELSE '' END,
             1, 1 + 2 * (n % 10 = 2)::int, 1 + (n % 10 = 3)::int, n % 977, now()
      FROM generate_series(1, )sql",
                     count, ") n;", "INSERT INTO memberships SELECT md5(n::text)::uuid, '",
                     customer.ToString(), "', 1, now() FROM generate_series(1, ", count, ", ",
                     count / 200 + 1, ") n;",
                     "UPDATE members SET community_ids = ARRAY(SELECT community_id FROM "
                     "memberships WHERE member_id = members.id)"));
    // As after some time.
    Run("VACUUM ANALYZE community_catalog");
    Run("VACUUM ANALYZE community_words");
    Run("ANALYZE");
  }
  int Buffers(const std::string& words, MemberId viewer) {
    const Plan plan =
        PlanOf(sql::kSearchCommunitiesAbout, "text, uuid, boolean, uuid[], int, boolean",
               absl::StrCat("'", words, "', '", viewer.ToString(),
                            viewer == customer ? "', true" : "', false", ", '{}', ",
                            kMaxFoundByWords, ", false"));
    rows = plan.rows;
    return plan.buffers;
  }

  const MemberId colleague = AddMember("Cleo");
  const MemberId customer = AddMember("Carla", Affiliation::kExternal);
  int rows = 0;
};

TEST_CASE_METHOD(Fixture, "whatever words are asked among 5,000 communities cost 500 buffers") {
  Fill(5'000);
  for (const char* words : {"community", "com", "our community meets where", "sourdough",
                            "community sourdough", "share coll sour"}) {
    for (const MemberId viewer : {colleague, customer}) {
      INFO(words);
      CHECK(Buffers(words, viewer) <= 500);
      CHECK(rows > 0);
    }
  }
  AddHostile();
  for (const char* words : {"comm", "comm comm comm comm", "comma commb commc commd"}) {
    INFO(words);
    CHECK(Buffers(words, colleague) <= 500);
  }
  for (const char* words : {"nobody", "community nobody", "zzz", "!"}) {
    INFO(words);
    CHECK(Buffers(words, colleague) <= 200);
    CHECK(rows == 0);
  }
}

}  // namespace
}  // namespace guildhall::directory
