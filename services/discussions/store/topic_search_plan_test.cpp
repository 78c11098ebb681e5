// What a search within a topic of 10,000 posts reads, among 1,000 posts of others and 100,000, in
// plans for any parameters.
#include "absl/strings/str_cat.h"
#include "discussions/statements.h"
#include "services/discussions/store/plan_fixture.h"
#include "services/discussions/store/word_forms.h"

namespace guildhall::discussions {
namespace {

struct Fixture : PlanFixture {
  // Posts of the topic and of others, as many of each as lie beside each other: all say "common",
  // and 100 posts of every 10,000 "rare".
  void Fill(int own, int others) {
    database.Run("DROP INDEX post_words_by_word");
    database.Run(absl::StrCat(
        "INSERT INTO post_words SELECT gen_random_uuid(), CASE WHEN own THEN '",
        TopicNumber(1).ToString(), "' ELSE gen_random_uuid() END, '", Community(1).ToString(),
        "', '2026-01-01'::timestamptz, array_to_tsvector(ARRAY['#c", Community(1).ToString(),
        "', 'common', 'filler', CASE WHEN place % 100 = 0 THEN 'rare' ELSE 'other' END]) "
        "FROM (SELECT n <= ",
        own, " AS own, CASE WHEN n <= ", own, " THEN n ELSE n - ", own,
        " END AS place FROM generate_series(1, ", own + others, ") n ORDER BY md5(n::text)) made"));
    database.Run(
        "CREATE INDEX post_words_by_word ON post_words USING gin (words) "
        "WITH (fastupdate = on, gin_pending_list_limit = 256)");
    database.Run("VACUUM ANALYZE post_words");
  }

  Plan Search(const std::string& text) {
    const SearchQuery query = *SearchQueryFrom(
        "query", absl::StrCat(text, " in:topics/", TopicNumber(1).ToString()), MemberId());
    const std::vector<CommunityId> places = {Community(1)};
    const auto forms = [&](const std::string& words) {
      return "$q$" + Narrowed(words, query, std::nullopt) + "$q$, ";
    };
    return PlanOf(sql::kFindPosts, "text, text, text, text, timestamptz, timestamptz, int, int",
                  forms(LooseWordsOf(query)) + "$q$" + InOneOf(places) + "$q$, " +
                      forms(WordsOf(query)) + "$q$" + RankingOf(query) +
                      "$q$, '-infinity', 'infinity', 1001, 1001");
  }
};

TEST_CASE_METHOD(Fixture, "a search in a topic costs what it finds there, whatever others say") {
  Fill(10'000, 1000);
  const Plan few = Search("rare");
  CHECK(few.rows == 100);
  CHECK(few.buffers <= 500);
  database.Run("TRUNCATE post_words");
  Fill(10'000, 100'000);
  const Plan many = Search("rare");
  CHECK_FALSE(many.Has("Seq Scan"));
  CHECK(many.rows == 100);
  CHECK(many.buffers <= 500);
  CHECK(many.buffers <= 2 * few.buffers);
  CHECK(Search("common rare -absent").buffers <= 500);
  // At most 1,001 rows, and what finds them.
  CHECK(Search("common").buffers <= 1500);
}

}  // namespace
}  // namespace guildhall::discussions
