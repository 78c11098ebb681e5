// What searching, indexing and histories read in plans for any parameters. A search at two sizes:
// among 4,000 posts and among 40,000, with the same number of matches.
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "discussions/statements.h"
#include "services/discussions/store/test_forum.h"
#include "services/discussions/store/word_forms.h"

namespace guildhall::discussions {
namespace {

struct Fixture : TestForum {
  // Posts in 100 communities over ten years; every 100th of the first 4,000 says "rare", all say
  // "common".
  void Fill(int from, int to) {
    database.Run(
        "INSERT INTO post_words SELECT gen_random_uuid(), gen_random_uuid(), community_id, time, "
        "array_to_tsvector(ARRAY['#c' || community_id, '#q' || (date_part('year', time) * 4 "
        "+ date_part('quarter', time) - 1)::int, 'common', 'word' || n % 5000, '<wor', "
        "CASE WHEN n % 100 = 0 AND n < 4000 THEN 'rare' ELSE 'other' END, "
        "CASE WHEN n % 100 = 0 AND n < 4000 THEN '<rar' ELSE '<oth' END]) "
        "FROM (SELECT n, ('02000000-0000-0000-0000-' || lpad(to_hex(n % 100), 12, '0'))::uuid "
        "AS community_id, '2016-01-01'::timestamptz + (n * 7919) % 3650 * interval '1 day' AS time "
        "FROM generate_series(" +
        std::to_string(from) + ", " + std::to_string(to) + ") n) made");
    database.Run("VACUUM ANALYZE post_words");
  }

  // Topics of four posts each, edited ten times, with their words.
  void FillPosts() {
    database.Run(R"sql(
      INSERT INTO topics
      SELECT ('03000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid,
             '02000000-0000-0000-0000-000000000003', gen_random_uuid(), gen_random_uuid(), now(),
             now(), NULL, 1, 1, 4, 0, 'x'
      FROM generate_series(1, 5000) n;
      INSERT INTO posts
      SELECT topic.id, ('04000000-0000-0000-' || lpad(to_hex(number), 4, '0') || '-'
                        || right(topic.id::text, 12))::uuid,
             author_id, now(), NULL, NULL, 1, number, 'x'
      FROM generate_series(1, 4) number, topics topic;
      INSERT INTO revisions (post_id, community_id, version, replace_time, markdown)
      SELECT id, '02000000-0000-0000-0000-000000000003', earlier, now(), 'x' FROM posts, generate_series(1, 10) earlier WHERE number = 1;
      INSERT INTO post_words
      SELECT post.id, topic_id, community_id, post.create_time, 'x'::tsvector, NULL,
             topic_traits(topic)
      FROM posts post JOIN topics topic ON topic.id = topic_id;
      ANALYZE)sql");
  }

  // Buffers that the statement reads; every table is read by an index.
  int BuffersOf(const postgres::Statement& statement, const std::string& types,
                const std::string& arguments) {
    const std::string plan = database.Ask(
        "PREPARE asked(" + types + ") AS " + statement.text +
        "; SET plan_cache_mode = force_generic_plan; EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) "
        "EXECUTE asked(" +
        arguments + ")");
    UNSCOPED_INFO(plan);
    CHECK(plan.find("Seq Scan") == std::string::npos);
    const nlohmann::json top = nlohmann::json::parse(plan)[0]["Plan"];
    return top["Shared Hit Blocks"].get<int>() + top["Shared Read Blocks"].get<int>();
  }

  // Ranks up to `ranked`.
  int Search(const std::string& text, int communities, int ranked = 1001) {
    std::vector<CommunityId> places;
    for (int n = 0; n < communities; ++n) places.push_back(Community(n));
    const SearchQuery query = *SearchQueryFrom("query", text, MemberId());
    return BuffersOf(sql::kFindPosts, "text, text, text, text, timestamptz, timestamptz, int, int",
                     "$q$" + LooseWordsOf(query) + "$q$, $q$" + InOneOf(places) + "$q$, $q$" +
                         WordsOf(query) + "$q$, $q$" + RankingOf(query) +
                         "$q$, '-infinity', 'infinity', 1001, " + std::to_string(ranked));
  }

  // Posts of a community, of so many made-up words each that begin with "qqq".
  void FillWithWords(CommunityId community, int posts, int words) {
    for (int post = 0; post < posts; ++post) {
      std::string text;
      for (int word = 0; word < words; ++word) absl::StrAppend(&text, "qqq", post, "w", word, " ");
      const std::string forms = VectorOf(
          LexemesOf("", text), {.community = community, .author = Member(1), .create_time = At(0)});
      database.Run("INSERT INTO post_words SELECT gen_random_uuid(), gen_random_uuid(), '" +
                   community.ToString() + "', now(), $q$" + forms + "$q$::tsvector");
    }
    database.Run("VACUUM ANALYZE post_words");
  }

  const std::string topics =
      "ARRAY['03000000-0000-0000-0000-000000000007', "
      "'03000000-0000-0000-0000-000000000fff']::uuid[]";
  const std::string posts_of_topics =
      "ARRAY['04000000-0000-0000-0001-000000000007', "
      "'04000000-0000-0000-0002-000000000fff']::uuid[]";
};

TEST_CASE_METHOD(Fixture, "a search pays for its matches, and not for what else there is") {
  Fill(1, 4000);
  const int in_few = Search("rare", 1), in_many = Search("rare", 100);
  Fill(4001, 40'000);
  CHECK(Search("rare", 1) <= 2 * in_few + 10);
  CHECK(Search("rare", 100) <= 2 * in_many + 10);
  CHECK(Search("rare", 100) <= 500);
  // At most 1,001 rows, and what finds them.
  CHECK(Search("common", 100) <= 1800);
  CHECK(Search("common", 1) <= 600);
}

TEST_CASE_METHOD(Fixture, "a beginning costs what a word does that as many posts have") {
  Fill(1, 4000);
  const int few = Search("rar*", 100);
  Fill(4001, 40'000);
  CHECK(few <= 500);
  CHECK(Search("rar*", 100) <= 2 * few + 10);
  // 5,000 words in 40,000 posts, of which the community has 400.
  CHECK(Search("wor*", 1) <= 600);
  CHECK(Search("wor*", 100) <= 1800);
}

TEST_CASE_METHOD(Fixture, "what others write under one beginning costs no search of it") {
  Fill(1, 4000);
  FillWithWords(Community(200), 100, 7200);
  CHECK(Search("qqq*", 100) <= 500);
  CHECK(Search("rare -qqq*", 100) <= 500);
  CHECK(Search("qqq99w7100*", 100) <= 500);
}

TEST_CASE_METHOD(Fixture, "where more posts match than are ranked, their words are not read") {
  constexpr int kPosts = 60;
  Fill(1, 4000);
  for (int post = 0; post < kPosts; ++post) {
    std::string text = "plenty";
    for (int word = 0; word < 3000; ++word) absl::StrAppend(&text, " w", post, "x", word);
    const std::string forms =
        VectorOf(LexemesOf("", text),
                 {.community = Community(1), .author = Member(1), .create_time = At(0)});
    database.Run("INSERT INTO post_words SELECT gen_random_uuid(), gen_random_uuid(), '" +
                 Community(1).ToString() + "', now(), $q$" + forms + "$q$::tsvector");
  }
  database.Run("VACUUM ANALYZE post_words");
  const int ranked = Search("plenty", 2, kPosts), counted = Search("plenty", 2, kPosts - 1);
  CHECK(counted <= 2 * kPosts);
  CHECK(ranked >= 10 * counted);
}

TEST_CASE_METHOD(Fixture, "a result is a look-up in topics and one in posts") {
  FillPosts();
  const auto buffers = [&](const std::string& traits) {
    return BuffersOf(sql::kGetFoundPosts, "uuid[], uuid[], int, text[], text[], bool, uuid[]",
                     posts_of_topics +
                         ", ARRAY['02000000-0000-0000-0000-000000000003']::uuid[], 100, '{}', '" +
                         traits + "', false, '{}'");
  };
  // How to compare arrays is read from the catalog, once in a connection.
  constexpr int kCatalog = 50;
  CHECK(buffers("{}") <= 2 * 12);
  CHECK(buffers("{discussion,open}") <= 2 * 12 + kCatalog);
}

TEST_CASE_METHOD(Fixture, "what is indexed is looked up, or one range of a key") {
  FillPosts();
  CHECK(BuffersOf(sql::kGetPostsToIndex, "uuid[], uuid[], int[]",
                  topics + ", ARRAY['04000000-0000-0000-0001-000000000007', NULL]::uuid[], "
                           "ARRAY[NULL, 1]") <= 2 * 16);
  CHECK(BuffersOf(sql::kListPostsToIndex, "uuid, int, int",
                  "'03000000-0000-0000-0000-000000000007', 2, 200") <= 450);
  CHECK(BuffersOf(sql::kForgetPostWords, "uuid[], uuid[]", posts_of_topics + ", " + topics) <= 60);
  for (const char* changed : {"community_id = gen_random_uuid()", "closer_id = author_id"}) {
    database.Run("UPDATE topics SET " + std::string(changed) +
                 " WHERE id = '03000000-0000-0000-0000-000000000007'");
    CHECK(BuffersOf(sql::kMovePostWords, "uuid[], int", topics + ", 200") <= 200);
  }
}

TEST_CASE_METHOD(Fixture, "a page of a history is one range of its key") {
  FillPosts();
  const std::string post = "'04000000-0000-0000-0001-000000000007'";
  CHECK(BuffersOf(sql::kListRevisions, "uuid, uuid, uuid, bigint, int",
                  "'02000000-0000-0000-0000-000000000003', "
                  "'03000000-0000-0000-0000-000000000007', " +
                      post + ", 1000, 6") <= 50);
  database.Run(
      "INSERT INTO quotes (post_id, source_id, place, text) "
      "SELECT id, id, 1, 'x' FROM posts WHERE number = 1; ANALYZE quotes");
  CHECK(BuffersOf(sql::kInsertRevision, "uuid, bigint, timestamptz, text, int, uuid, bool",
                  post + ", 105, now(), 'x', 100, gen_random_uuid(), false") <= 60);
}

TEST_CASE_METHOD(Fixture, "what somebody wrote last is found within 500 buffers, of any number") {
  // Every 200th of 100,000 posts in two years is the member's; a thousand lie in the list of what
  // was added last.
  const std::string posts =
      "INSERT INTO post_words SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), "
      "time, "
      "array_to_tsvector(ARRAY['#q' || (date_part('year', time) * 4 + date_part('quarter', time) "
      "- 1)::int, '#f' || CASE WHEN n % 200 = 0 THEN 1 ELSE n % 5000 + 2 END, '#c' || n % 20]), "
      "ARRAY['rye'] FROM (SELECT n, now() - n % 730 * interval '1 day' AS time FROM ";
  database.Run("DROP INDEX post_words_by_word; " + posts +
               "generate_series(1, 100000) n) made; CREATE INDEX post_words_by_word ON post_words "
               "USING gin (words) WITH (fastupdate = on, gin_pending_list_limit = 256)");
  database.Run("VACUUM ANALYZE post_words");
  database.Run(posts + "generate_series(1, 1000) n) made");
  const std::string query = database.Ask(
      "SELECT $q$'#f1'&($q$ || string_agg(format($q$'#q%s'$q$, (date_part('year', now()) * 4 "
      "+ date_part('quarter', now()) - 1 - back)::int), '|') || ')' FROM generate_series(0, 4) "
      "back");
  const std::string places =
      database.Ask("SELECT string_agg(format($q$'#c%s'$q$, n), '|') FROM generate_series(0, 19) n");
  CHECK(BuffersOf(sql::kListOwnTaggedPosts, "text, text, int",
                  "$a$" + query + "$a$, $a$" + places + "$a$, 200") <= 500);
}

}  // namespace
}  // namespace guildhall::discussions
