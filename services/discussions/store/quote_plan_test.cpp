#include "discussions/statements.h"
#include "services/discussions/store/plan_fixture.h"

namespace guildhall::discussions {
namespace {

// 1,000 topics of 20 posts, each of which quotes the one before it and the first.
struct Fixture : PlanFixture {
  Fixture() {
    Open(TopicNumber(1), Community(1), Member(1));
    database.Run(R"sql(
      INSERT INTO topics (id, community_id, author_id, title, last_post_number, last_author_id,
                          create_time, last_post_time, score)
      SELECT gen_random_uuid(), community_id, author_id, title, 20, author_id, create_time,
             last_post_time, score
      FROM topics, generate_series(1, 1000);
      INSERT INTO posts (topic_id, id, author_id, create_time, number, markdown, quoted_bytes)
      SELECT id, gen_random_uuid(), author_id, create_time, number, repeat('x', 100), 20
      FROM topics, generate_series(1, 20) number
      WHERE last_post_number = 20
      ON CONFLICT DO NOTHING;
      INSERT INTO quotes (post_id, source_id, place, text)
      SELECT post.id, source.id, 1, repeat('x', 10)
      FROM posts post JOIN posts source
        ON source.topic_id = post.topic_id AND source.number = post.number - 1;
      INSERT INTO quotes (post_id, source_id, place, text)
      SELECT post.id, source.id, 2, repeat('x', 10)
      FROM posts post JOIN posts source
        ON source.topic_id = post.topic_id AND source.number = 1 AND post.number > 1)sql");
    database.Run("CHECKPOINT");
    database.Run("VACUUM ANALYZE topics, posts, quotes");
    topic = database.Ask("SELECT id FROM topics WHERE last_post_number = 20 LIMIT 1");
  }
  std::string topic;
  const std::string place = "'" + Community(1).ToString() + "'::uuid";
  std::string Posts(const std::string& condition) const {
    return "array(SELECT id FROM posts WHERE topic_id = '" + topic + "' AND " + condition + ")";
  }
};

TEST_CASE_METHOD(Fixture, "what ten posts quote twice is a range of the key and look-ups") {
  const std::string posts = database.Ask("SELECT " + Posts("number > 10") + "::text");
  const Plan plan = PlanOf(sql::kGetQuotes, "uuid[], uuid[]",
                           "'" + posts + "', array_fill(" + place + ", array[10])");
  CHECK(plan.rows == 20);
  CHECK(plan.buffers <= 10 * 10 + 20 * 5);
  CHECK(plan.Has("quotes_pkey"));
  CHECK_FALSE(plan.Has("Seq Scan"));
}

TEST_CASE_METHOD(Fixture, "what may be quoted, and what quotes a post, is looked up") {
  const std::string last = database.Ask("SELECT " + Posts("number = 20") + "::text"),
                    first = database.Ask("SELECT id FROM posts WHERE topic_id = '" + topic +
                                         "' AND number = 1");
  const Plan sources = PlanOf(sql::kGetPostsToQuote, "uuid, uuid, uuid[]",
                              place + ", '" + topic + "', '" + last + "'");
  CHECK(sources.rows == 1);
  CHECK(sources.buffers <= 10);
  const Plan quoting =
      PlanOf(sql::kListQuotingPosts, "uuid, uuid", "'" + topic + "', '" + first + "'");
  CHECK(quoting.rows == 19);
  CHECK(quoting.buffers <= 19 * 6);
  CHECK(quoting.Has("quotes_by_source"));
  for (const Plan& plan : {sources, quoting}) CHECK_FALSE(plan.Has("Seq Scan"));
}

TEST_CASE_METHOD(Fixture, "an edit finds the quotes of what it replaces by their index") {
  const std::string id =
      database.Ask("SELECT id FROM posts WHERE topic_id = '" + topic + "' AND number = 10");
  const Plan plan = PlanOf(sql::kInsertRevision, "uuid, bigint, timestamptz, text, int, uuid, bool",
                           "'" + id + "', 1, now(), 'x', 100, " + place + ", false");
  CHECK(plan.Has("quotes_by_source"));
  CHECK_FALSE(plan.Has("Seq Scan"));
  CHECK(database.Ask("SELECT count(*) FROM quotes WHERE replace_community_id IS NOT NULL") == "1");
}

TEST_CASE_METHOD(Fixture, "what is quoted and forgotten is found by its index, and looked up") {
  const std::string id =
      database.Ask("SELECT id FROM posts WHERE topic_id = '" + topic + "' AND number = 1");
  database.Run("UPDATE quotes SET replace_community_id = " + place + " WHERE source_id = '" + id +
               "' AND post_id <> (SELECT id FROM posts WHERE topic_id = '" + topic +
               "' AND number = 20)");
  const Plan still = PlanOf(sql::kForgetUnsaidQuotes, "uuid, uuid, text",
                            "'" + topic + "', '" + id + "', repeat('x', 100)");
  CHECK(still.rows == 0);
  const Plan plan =
      PlanOf(sql::kForgetUnsaidQuotes, "uuid, uuid, text", "'" + topic + "', '" + id + "', 'y'");
  // The second post quotes it twice, the last one what it said since.
  CHECK(plan.rows == 18);
  // The deletion is in the sum twice.
  CHECK(plan.buffers <= 19 * 24);
  CHECK(plan.Has("quotes_by_source"));
  CHECK_FALSE(plan.Has("Seq Scan"));
  CHECK(database.Ask("SELECT count(*) FROM quotes WHERE source_id = '" + id + "'") == "1");
}

}  // namespace
}  // namespace guildhall::discussions
