// The plans of queues of reviews of 100 communities: what they cost hardly depends on how large the
// forum is.

#include "absl/strings/str_cat.h"
#include "discussions/statements.h"
#include "services/discussions/store/plan_fixture.h"

namespace guildhall::discussions {
namespace {

struct Fixture : PlanFixture {
  // So many communities with 20 topics of a post each; every fifth post was flagged, every
  // twentieth is under review, since the last vacuum.
  void Fill(int communities) {
    database.Run(absl::StrCat(R"sql(
      SET session_replication_role = replica;
      INSERT INTO topics (id, community_id, author_id, last_author_id, create_time, last_post_time,
                          score, last_post_number, title)
      SELECT ('03000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid,
             ('02000000-0000-0000-0000-' || lpad(to_hex(n % )sql",
                              communities, R"sql(), 12, '0'))::uuid,
             gen_random_uuid(), gen_random_uuid(), now(), now(), 0, 1, repeat('x', 40)
      FROM generate_series(1, 20 * )sql",
                              communities, R"sql() n;
      INSERT INTO posts (topic_id, id, author_id, create_time, number, markdown)
      SELECT id, gen_random_uuid(), author_id, now(), 1, repeat('x', 500) FROM topics;
      INSERT INTO flags (id, community_id, topic_id, post_id, member_id, create_time, decide_time,
                         kind, outcome, opens_review, text)
      SELECT gen_random_uuid(), community_id, topic.id, post.id, gen_random_uuid(),
             now() - n * 7919::bigint % 100003 * interval '1 minute',
             CASE WHEN n % 4 > 0 THEN now() END, 1, CASE WHEN n % 4 > 0 THEN 2 END, true, 'x'
      FROM (SELECT topic_id, id, row_number() OVER (ORDER BY id) n FROM posts
            WHERE get_byte(uuid_send(id), 15) % 5 = 0) post
      JOIN topics topic ON topic.id = post.topic_id;
      INSERT INTO flagged_texts (post_id, version, community_id, flag_time, title, markdown)
      SELECT post_id, 1, community_id, create_time, 'x', repeat('x', 500) FROM flags
      WHERE decide_time IS NULL;
      SET session_replication_role = origin;
      ANALYZE)sql"));
  }
  // 100 communities, wherever they lie among the others.
  std::string Kept() {
    return "'" +
           database.Ask(
               "SELECT array_agg(community_id)::text FROM (SELECT DISTINCT community_id, "
               "md5(community_id::text) FROM topics ORDER BY 2 LIMIT 100) kept") +
           "'";
  }
  Plan List() {
    return PlanOf(sql::kListWaitingReviews, "uuid[], timestamptz, uuid, int",
                  Kept() + ", '-infinity', '00000000-0000-0000-0000-000000000000', 11");
  }
  Plan Count() { return PlanOf(sql::kCountReviews, "uuid[], int", Kept() + ", 100"); }
};

TEST_CASE_METHOD(Fixture, "reviews of 100 communities are listed and counted within 500 buffers") {
  Fill(100);
  const int few[] = {List().buffers, Count().buffers};
  database.Run("TRUNCATE topics, flags, flagged_texts CASCADE");
  Fill(5000);
  const Plan plans[] = {List(), Count()};
  CHECK(plans[0].rows == 11);
  CHECK(plans[1].rows == 100);
  for (int i = 0; i < 2; ++i) {
    CHECK(plans[i].buffers <= 500);
    CHECK(plans[i].buffers <= 2 * few[i]);
    CHECK(plans[i].Has("reviews_by_community"));
    CHECK_FALSE(plans[i].Has("Seq Scan"));
  }
}

TEST_CASE_METHOD(Fixture, "what was flagged is read with some buffers for each review") {
  Fill(5000);
  database.Run("UPDATE flagged_texts SET markdown = repeat('y', 500)");
  const auto of_page = [&](const std::string& column) {
    return "'" +
           database.Ask("SELECT array_agg(" + column +
                        ")::text FROM (SELECT * FROM flags WHERE decide_time IS NULL "
                        "ORDER BY md5(post_id::text) LIMIT 10) page") +
           "'";
  };
  const Plan plan = PlanOf(
      sql::kGetFlaggedTexts, "uuid[], uuid[], uuid[], bigint",
      of_page("community_id") + ", " + of_page("topic_id") + ", " + of_page("post_id") + ", 9999");
  CHECK(plan.rows == 10);
  CHECK(plan.buffers <= 120);
  CHECK(plan.Has("flagged_texts_pkey"));
  const Plan forgetting = PlanOf(sql::kForgetFlaggedTexts, "uuid, text", "gen_random_uuid(), 'x'");
  CHECK(forgetting.buffers <= 10);
  CHECK_FALSE(forgetting.Has("Seq Scan"));
}

TEST_CASE_METHOD(Fixture,
                 "reviews of a topic move with their texts, without reading all there are") {
  Fill(5000);
  const std::string topic =
      "'" + database.Ask("SELECT topic_id FROM flags WHERE decide_time IS NULL LIMIT 1") + "'";
  const Plan plan = PlanOf(sql::kMoveReviews, "uuid, uuid", topic + ", gen_random_uuid()");
  CHECK(plan.buffers <= 120);
  CHECK_FALSE(plan.Has("Seq Scan"));
  // What the trigger does beside it stands in no plan: rows tell that were read without an index.
  CHECK(database.Ask(std::string("PREPARE moving(uuid, uuid) AS ") + sql::kMoveReviews.text +
                     "; EXECUTE moving(" + topic +
                     ", gen_random_uuid());"
                     "SELECT sum(seq_tup_read) FROM pg_stat_xact_user_tables "
                     "WHERE relname IN ('flags', 'flagged_texts', 'posts', 'topics')") == "0");
}

TEST_CASE_METHOD(Fixture, "a queue that nobody looks at is counted up to 100") {
  Fill(100);
  database.Run("UPDATE flags SET community_id = (SELECT community_id FROM flags LIMIT 1)");
  database.Run("VACUUM ANALYZE flags");
  const Plan plan = Count();
  CHECK(plan.rows == 100);
  CHECK(plan.buffers <= 300);
}

}  // namespace
}  // namespace guildhall::discussions
