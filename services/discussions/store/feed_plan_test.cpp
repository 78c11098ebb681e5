// The plans of home feeds and unread counts of 200 communities: what they cost hardly depends on
// how large the forum is.

#include "absl/strings/str_cat.h"
#include "discussions/statements.h"
#include "services/discussions/store/plan_fixture.h"

namespace guildhall::discussions {
namespace {

struct Fixture : PlanFixture {
  // So many communities with 20 topics each, written to in the last 70 days, with 5 to 101 posts. A
  // member belongs to 200 of them, has marked them as read just now, and mutes 200 topics there and
  // elsewhere. Every fifth topic is a question; a third of these have an answer.
  void Fill(int communities) {
    database.Run(absl::StrCat(R"sql(
      INSERT INTO topics (id, community_id, author_id, last_author_id, create_time, last_post_time,
                          score, last_post_number, title, kind, accepted_post_number)
      SELECT ('03000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid,
             ('02000000-0000-0000-0000-' || lpad(to_hex(n % )sql",
                              communities, R"sql(), 12, '0'))::uuid,
             gen_random_uuid(), gen_random_uuid(), now() - interval '80 days', last.post_time,
             log(2, 1 + posts) + extract(epoch FROM last.post_time) / (14 * 86400), posts,
             repeat('x', 40), 1 + question::int, CASE WHEN question AND n % 3 = 0 THEN 2 END
      FROM (SELECT n, n * 13::bigint % 101 < 20 AS question, 5 + n * 31 % 97 AS posts,
                   n * 7919::bigint % 100003 AS minutes
            FROM generate_series(1, 20 * )sql",
                              communities, R"sql() n) topic
      CROSS JOIN LATERAL (SELECT now() - minutes * interval '1 minute' AS post_time) last;
      INSERT INTO community_read_states
      SELECT '01000000-0000-0000-0000-000000000001',
             ('02000000-0000-0000-0000-' || lpad(to_hex(n * )sql",
                              communities / 200, R"sql(), 12, '0'))::uuid, now()
      FROM generate_series(0, 199) n;
      INSERT INTO topic_follows
      SELECT '01000000-0000-0000-0000-000000000001', id, now(), 1
      FROM (SELECT id FROM topics ORDER BY md5(id::text) LIMIT 200) topic;
      ANALYZE)sql"));
    // VACUUM marks nothing as visible to all whose commit is not on disk yet.
    database.Run("CHECKPOINT");
    database.Run("VACUUM topics, topic_follows");
  }
  void Fill() { Fill(5000); }

  std::string Mine() {
    return "'" + database.Ask("SELECT array_agg(community_id)::text FROM community_read_states") +
           "'";
  }
  Plan Latest(const std::string& from = "'infinity'") {
    return PlanOf(
        sql::kListLatestFeed, "uuid, uuid[], timestamptz, uuid, int, int, int",
        absl::StrCat(member, ", ", Mine(), ", ", from, ", '", kBeforeAll, "', 21, 100, 30"));
  }
  // Of one kind; NULL: the unanswered questions.
  Plan OfKind(const std::string& kind, const std::string& from = "'infinity'") {
    return PlanOf(sql::kListKindFeed, "uuid, uuid[], timestamptz, uuid, int, int, int, int",
                  absl::StrCat(member, ", ", Mine(), ", ", from, ", '", kBeforeAll,
                               "', 21, 100, 30, ", kind));
  }
  Plan OfTag(const std::string& tag, const std::string& from = "'infinity'") {
    return PlanOf(sql::kListTaggedFeed, "uuid, uuid[], timestamptz, uuid, int, int, int, text",
                  absl::StrCat(member, ", ", Mine(), ", ", from, ", '", kBeforeAll,
                               "', 21, 100, 30, '", tag, "'"));
  }
  Plan Top() {
    return PlanOf(
        sql::kListTopFeed, "uuid, uuid[], float8, uuid, int, int, int",
        absl::StrCat(member, ", ", Mine(), ", 'infinity', '", kBeforeAll, "', 21, 100, 30"));
  }
  Plan Count() {
    return PlanOf(sql::kCountUnreadTopics, "uuid, uuid[], timestamptz, int, int, int",
                  absl::StrCat(member, ", ", Mine(), ", now() - interval '30 days', 20, 100, 30"));
  }
  // Two tags of 100 for each topic, of which the member mutes 50 and follows 50, and mutes 20 of
  // its communities. (Rows of topics elsewhere are not looked at, and stay as they are.)
  void Tag() {
    database.Run(R"sql(
      SET session_replication_role = replica;
      CREATE TEMP TABLE tagged AS
      SELECT DISTINCT id, community_id, last_post_time,
             'tag-' || get_byte(uuid_send(id), byte) % 100 AS tag
      FROM topics, generate_series(14, 15) byte;
      INSERT INTO community_tags SELECT community_id, tag, count(*) FROM tagged GROUP BY 1, 2;
      INSERT INTO topic_tags SELECT id, community_id, last_post_time, tag FROM tagged;
      UPDATE topics SET tags = array(SELECT tag FROM topic_tags WHERE topic_id = topics.id)
      WHERE community_id IN (SELECT community_id FROM community_read_states);
      INSERT INTO tag_follows
      SELECT '01000000-0000-0000-0000-000000000001', 'tag-' || n, 1 + n % 2
      FROM generate_series(0, 99) n;
      INSERT INTO tag_follows
      SELECT gen_random_uuid(), 'tag-' || n % 100, 1 + n % 3 FROM generate_series(0, 9999) n;
      INSERT INTO community_follows SELECT member_id, community_id, 1 FROM
        (SELECT member_id, community_id FROM community_read_states ORDER BY community_id LIMIT 20) few;
      )sql");
    LearnTags();
  }
  Plan MostUsedTags() {
    return PlanOf(sql::kGetMostUsedTags, "uuid[], int, int", absl::StrCat(Mine(), ", 30, 50"));
  }
  // As migrations and triggers do.
  void LearnTags() {
    database.Run(
        "INSERT INTO tag_places SELECT tag, community_id FROM community_tags "
        "ON CONFLICT DO NOTHING; ANALYZE; CHECKPOINT");
    database.Run("VACUUM topics, topic_tags, community_tags, tag_follows, tag_places");
  }
  // Whether all topics were read: of when communities were active all is, and of little tables.
  static bool ScansTopics(const Plan& plan) {
    for (std::size_t at = plan.text.find("Seq Scan"); at != std::string::npos;
         at = plan.text.find("Seq Scan", at + 1)) {
      const std::size_t name = plan.text.find("\"Relation Name\"", at);
      if (plan.text.substr(name, 30).find("\"topics\"") != std::string::npos) return true;
    }
    return false;
  }

  static constexpr const char* kBeforeAll = "ffffffff-ffff-ffff-ffff-ffffffffffff";
  const std::string member = "'01000000-0000-0000-0000-000000000001'";
};

TEST_CASE_METHOD(Fixture, "a page of a feed among 100,000 topics is read within 500 buffers") {
  Fill();
  const Plan latest = Latest(), top = Top();
  CHECK(latest.Has("topics_by_community_latest"));
  CHECK(top.Has("topics_by_community_score"));
  for (const Plan& plan : {latest, top}) {
    CHECK(plan.rows == 21);
    CHECK(plan.buffers <= 300);
    CHECK_FALSE(ScansTopics(plan));
  }
  // The sixth page: communities that stood before it may go on behind it.
  const std::string hundredth = database.Ask(
      "SELECT last_post_time FROM topics JOIN community_read_states USING (community_id) "
      "ORDER BY last_post_time DESC OFFSET 100 LIMIT 1");
  const Plan later = Latest("'" + hundredth + "'");
  CHECK(later.rows == 21);
  CHECK(later.buffers <= 500);
}

TEST_CASE_METHOD(Fixture,
                 "a feed of 200 communities costs half as much where there are no others") {
  Fill(200);
  const int latest = Latest().buffers, top = Top().buffers;
  database.Run(
      "TRUNCATE topics, topic_follows, community_read_states, community_activity, kind_activity "
      "CASCADE");
  Fill();
  CHECK(Latest().buffers <= 2 * latest);
  CHECK(Top().buffers <= 2 * top);
}

TEST_CASE_METHOD(Fixture, "a page of one kind among 100,000 topics is read within 500 buffers") {
  Fill(200);
  const int few[] = {OfKind("2").buffers, OfKind("NULL").buffers};
  database.Run(
      "TRUNCATE topics, topic_follows, community_read_states, community_activity, "
      "kind_activity CASCADE");
  Fill();
  const Plan questions = OfKind("2"), unanswered = OfKind("NULL");
  CHECK(questions.buffers <= 2 * few[0]);
  CHECK(unanswered.buffers <= 2 * few[1]);
  CHECK(questions.Has("topics_by_community_kind"));
  CHECK(unanswered.Has("topics_by_community_unanswered"));
  const std::string twentieth = database.Ask(
      "SELECT last_post_time FROM topics JOIN community_read_states USING (community_id) "
      "WHERE kind = 2 AND accepted_post_number IS NULL "
      "ORDER BY last_post_time DESC OFFSET 20 LIMIT 1");
  for (const Plan& plan : {questions, unanswered, OfKind("NULL", "'" + twentieth + "'")}) {
    CHECK(plan.rows == 21);
    CHECK(plan.buffers <= 500);
    CHECK_FALSE(ScansTopics(plan));
  }
}

TEST_CASE_METHOD(Fixture,
                 "communities full of other topics cost a feed of one kind next to nothing") {
  Fill();
  // None ever had an announcement.
  const Plan never = OfKind("3");
  CHECK(never.rows == 0);
  CHECK(never.buffers <= 100);
  // All had questions a moment ago, which are discussions now.
  database.Run(
      "UPDATE topics SET kind = 1, accepted_post_number = NULL WHERE kind = 2; "
      "CHECKPOINT");
  database.Run("VACUUM ANALYZE topics");
  for (const Plan& gone : {OfKind("2"), OfKind("NULL")}) {
    CHECK(gone.rows == 0);
    CHECK(gone.buffers <= 700);
    CHECK_FALSE(ScansTopics(gone));
  }
}

TEST_CASE_METHOD(Fixture, "unread topics are looked for where something was written") {
  Fill();
  database.Run("UPDATE community_read_states SET read_time = now() + interval '10 minutes'");
  const Plan quiet = Count();
  CHECK(quiet.rows == 200);
  CHECK(quiet.buffers <= 100);
  CHECK(quiet.Has("topics_by_community_latest"));
  CHECK_FALSE(ScansTopics(quiet));
  database.Run(
      "UPDATE topics SET last_post_time = now() + interval '11 minutes' WHERE id IN "
      "(SELECT id FROM topics JOIN community_read_states USING (community_id) "
      "ORDER BY id LIMIT 10)");
  const Plan busy = Count();
  CHECK(busy.rows == 200);
  CHECK(busy.buffers <= quiet.buffers + 200);
}

TEST_CASE_METHOD(Fixture, "who mutes a community pays for what it follows, up to a bound") {
  Fill();
  database.Run("UPDATE topic_follows SET level = 3");
  database.Run(
      "INSERT INTO community_follows SELECT member_id, community_id, 1 FROM "
      "community_read_states LIMIT 1; ANALYZE");
  const Plan plan = Latest();
  CHECK(plan.rows == 21);
  CHECK(plan.buffers <= 800);
  CHECK_FALSE(ScansTopics(plan));
}

TEST_CASE_METHOD(Fixture, "who follows and mutes a hundred tags reads feeds within 500 buffers") {
  Fill(200);
  Tag();
  const int few[] = {Latest().buffers, Top().buffers};
  database.Run(
      "TRUNCATE topics, topic_follows, community_read_states, community_activity, kind_activity, "
      "community_tags, tag_follows, community_follows CASCADE");
  Fill();
  Tag();
  const Plan plans[] = {Latest(), Top(), Count(), OfKind("2"), OfKind("NULL")};
  for (const Plan& plan : plans) {
    CHECK(plan.buffers <= 500);
    CHECK_FALSE(ScansTopics(plan));
    CHECK(plan.Has("topics_by_tag_latest"));
  }
  for (int i = 0; i < 2; ++i) CHECK(plans[i].buffers <= 2 * few[i]);
}

TEST_CASE_METHOD(Fixture, "a page of one tag among 100,000 topics is read within 500 buffers") {
  Fill(200);
  Tag();
  const int few = OfTag("tag-8").buffers;
  database.Run(
      "TRUNCATE topics, topic_follows, community_read_states, community_activity, kind_activity, "
      "tag_places, community_tags, tag_follows, community_follows CASCADE");
  Fill();
  Tag();
  const std::string twentieth = database.Ask(
      "SELECT last_post_time FROM topic_tags JOIN community_read_states USING (community_id) "
      "WHERE tag = 'tag-8' ORDER BY last_post_time DESC OFFSET 20 LIMIT 1");
  for (const Plan& plan : {OfTag("tag-8"), OfTag("tag-8", "'" + twentieth + "'")}) {
    CHECK(plan.rows == 21);
    CHECK(plan.buffers <= 500);
    CHECK(plan.Has("topics_by_tag_latest"));
    CHECK_FALSE(ScansTopics(plan));
  }
  CHECK(OfTag("tag-8").buffers <= 2 * few);
}

TEST_CASE_METHOD(Fixture, "a tag that others have everywhere costs a feed of it next to nothing") {
  Fill();
  Tag();
  // Thousands of topics, none of which the member may read.
  database.Run(
      "SET session_replication_role = replica;"
      "INSERT INTO community_tags SELECT DISTINCT community_id, 'theirs', 1 FROM topics "
      "WHERE community_id NOT IN (SELECT community_id FROM community_read_states);"
      "INSERT INTO topic_tags SELECT id, community_id, last_post_time, 'theirs' FROM topics "
      "WHERE community_id NOT IN (SELECT community_id FROM community_read_states)");
  LearnTags();
  const Plan plan = OfTag("theirs");
  CHECK(plan.rows == 0);
  CHECK(plan.buffers <= 200);
  CHECK_FALSE(ScansTopics(plan));
  const Plan used = MostUsedTags();
  CHECK(used.Has("community_tags_most_used"));
  CHECK(used.buffers <= 650);
}

}  // namespace
}  // namespace guildhall::discussions
