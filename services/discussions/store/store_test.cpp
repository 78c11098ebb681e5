// The plans of the statements: what is claimed to be one range of an index is one, in a community
// of 1,000 topics whose rows lie scattered among those of others.

#include "discussions/statements.h"
#include "services/discussions/store/plan_fixture.h"

namespace guildhall::discussions {
namespace {

struct Fixture : PlanFixture {
  Fixture() {
    database.Run(R"sql(
      INSERT INTO topics
      SELECT ('03000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid,
             ('02000000-0000-0000-0000-' || lpad(to_hex(n % 10), 12, '0'))::uuid,
             gen_random_uuid(), gen_random_uuid(), now(), now() + ((n * 7919) % 10007) * interval '1 s',
             NULL, (n * 7919) % 10007, 1, 4, 0, repeat('x', 40)
      FROM generate_series(1, 10000) n;
      INSERT INTO posts
      SELECT id, gen_random_uuid(), author_id, now(), NULL, NULL, 1, number, repeat('x', 500)
      FROM generate_series(1, 4) number, topics WHERE id < '03000000-0000-0000-0000-000000001000';
      INSERT INTO read_states SELECT '01000000-0000-0000-0000-000000000001', id, 2 FROM topics;
      ANALYZE)sql");
  }

  const std::string community = "'02000000-0000-0000-0000-000000000003'";
  const std::string last_id = "'ffffffff-ffff-ffff-ffff-ffffffffffff'";
  const std::string topic = "'03000000-0000-0000-0000-000000000003'";
  const std::string member = "'01000000-0000-0000-0000-000000000001'";
};

TEST_CASE_METHOD(Fixture, "a list of 30 topics is one range of one index and touches few buffers") {
  const Plan latest = PlanOf(sql::kListLatestTopics, "uuid, bool, timestamptz, uuid, int",
                             community + ", true, 'infinity', " + last_id + ", 31");
  CHECK(latest.rows == 31);
  CHECK(latest.buffers <= 60);
  CHECK(latest.Has("topics_by_community_pinned_latest"));
  CHECK_FALSE(latest.Has("Sort"));
  const Plan deep = PlanOf(sql::kListLatestTopics, "uuid, bool, timestamptz, uuid, int",
                           community + ", false, now() + interval '1 hour', " + last_id + ", 31");
  CHECK(deep.rows == 31);
  CHECK(deep.buffers <= 60);
  const Plan top = PlanOf(sql::kListTopTopics, "uuid, bool, float8, uuid, int",
                          community + ", true, 'infinity', " + last_id + ", 31");
  CHECK(top.rows == 31);
  CHECK(top.buffers <= 60);
  CHECK(top.Has("topics_by_community_pinned_score"));
  CHECK_FALSE(top.Has("Sort"));
}

TEST_CASE_METHOD(Fixture, "unanswered questions are one range of one index") {
  database.Run(
      "UPDATE topics SET kind = 2, accepted_post_number = CASE WHEN id::text ~ '[02468ace]$' THEN "
      "2 END "
      "WHERE id::text ~ '[0-7]$'; ANALYZE topics");
  const Plan plan = PlanOf(sql::kListUnansweredTopics, "uuid, timestamptz, uuid, int",
                           community + ", 'infinity', " + last_id + ", 31");
  CHECK(plan.rows == 31);
  CHECK(plan.buffers <= 60);
  CHECK(plan.Has("topics_by_community_unanswered"));
  CHECK_FALSE(plan.Has("Sort"));
}

TEST_CASE_METHOD(Fixture, "topics of a kind, and the newest ones, are one range of one index") {
  database.Run("UPDATE topics SET kind = 2 WHERE id::text ~ '[0-3]$'");
  database.Run("VACUUM ANALYZE topics");
  for (const std::string kind : {"1", "2"}) {
    const Plan plan = PlanOf(sql::kListKindOfTopics, "uuid, int, timestamptz, uuid, int",
                             community + ", " + kind + ", 'infinity', " + last_id + ", 31");
    CHECK(plan.rows == 31);
    CHECK(plan.buffers <= 60);
    CHECK(plan.Has("topics_by_community_kind"));
    CHECK_FALSE(plan.Has("Sort"));
  }
  const Plan none = PlanOf(sql::kListKindOfTopics, "uuid, int, timestamptz, uuid, int",
                           community + ", 5, 'infinity', " + last_id + ", 31");
  CHECK(none.rows == 0);
  CHECK(none.buffers <= 10);
  const Plan newest = PlanOf(sql::kListNewestTopics, "uuid, timestamptz, uuid, int",
                             community + ", 'infinity', " + last_id + ", 31");
  CHECK(newest.rows == 31);
  CHECK(newest.buffers <= 60);
  CHECK(newest.Has("topics_by_community_newest"));
  CHECK_FALSE(newest.Has("Sort"));
}

TEST_CASE_METHOD(Fixture, "topics with a tag, and tags, are one range of one index") {
  database.Run("UPDATE topics SET tags = ARRAY['rye', 'tag' || right(id::text, 2)]");
  // VACUUM leaves what was changed by commits that are not on disk yet.
  database.Run("CHECKPOINT");
  database.Run("VACUUM ANALYZE topics, topic_tags, community_tags");
  const Plan topics = PlanOf(sql::kListTaggedTopics, "uuid, text, timestamptz, uuid, int",
                             community + ", 'rye', 'infinity', " + last_id + ", 31");
  CHECK(topics.rows == 31);
  CHECK(topics.buffers <= 5 * 31);
  CHECK(topics.Has("topics_by_tag_latest"));
  const Plan tags = PlanOf(sql::kListTags, "uuid, int, text, int", community + ", 1000000, '', 31");
  CHECK(tags.rows == 31);
  CHECK(tags.buffers <= 60);
  CHECK(tags.Has("community_tags_most_used"));
  const Plan compared = PlanOf(sql::kCompareTagCounts, "uuid, text, int", community + ", '', 31");
  CHECK(compared.rows == 31);
  for (const Plan& plan : {topics, tags, compared}) {
    CHECK_FALSE(plan.Has("Seq Scan"));
    CHECK_FALSE(plan.Has("Sort"));
  }
}

TEST_CASE_METHOD(Fixture, "a list of removals is one range of one index") {
  database.Run(R"sql(
    INSERT INTO removals
    SELECT gen_random_uuid(), ('02000000-0000-0000-0000-' || lpad(to_hex(n % 10), 12, '0'))::uuid,
           gen_random_uuid(), NULL, ('01000000-0000-0000-0000-' || lpad(to_hex(n % 10), 12, '0'))::uuid,
           gen_random_uuid(), now() + ((n * 7919) % 10007) * interval '1 s', 'x', repeat('x', 200), 'x'
    FROM generate_series(1, 10000) n;
    ANALYZE removals)sql");
  for (const auto& [statement, of, index] :
       {std::tuple(sql::kListRemovals, community, "removals_by_community_newest"),
        std::tuple(sql::kListOwnRemovals, member, "removals_by_author_newest")}) {
    const Plan plan =
        PlanOf(statement, "uuid, timestamptz, uuid, int", of + ", 'infinity', " + last_id + ", 11");
    CHECK(plan.rows == 11);
    CHECK(plan.buffers <= 20);
    CHECK(plan.Has(index));
    CHECK_FALSE(plan.Has("Sort"));
  }
}

TEST_CASE_METHOD(Fixture, "a page of posts is one range of their key") {
  const Plan plan = PlanOf(sql::kListPosts, "uuid, uuid, int, int, bigint",
                           community + ", " + topic + ", 2, 31, 1048576");
  CHECK(plan.rows == 3);
  CHECK(plan.buffers <= 20);
  CHECK(plan.Has("posts_pkey"));
  CHECK_FALSE(plan.Has("Sort"));
}

TEST_CASE_METHOD(Fixture, "a page of long posts reads the texts of those that it shows") {
  // 60 posts of 64 KiB that do not compress, so each lies in 33 pages of its own.
  database.Run(R"sql(
    INSERT INTO posts
    SELECT '03000000-0000-0000-0000-000000000003', gen_random_uuid(), gen_random_uuid(), now(),
           NULL, NULL, 1, 4 + number,
           (SELECT string_agg(md5(number::text || part), '') FROM generate_series(1, 2048) part)
    FROM generate_series(1, 60) number;
    UPDATE topics SET last_post_number = 64 WHERE id = '03000000-0000-0000-0000-000000000003';
    ANALYZE posts)sql");
  // md5() has to fetch the text, as sending it would; EXPLAIN sends nothing.
  const std::string sent =
      "SELECT md5(markdown) FROM (" + std::string(sql::kListPosts.text) + "\n) page";
  const auto read = [&](const std::string& bytes) {
    return PlanOf({"list_posts", sent.c_str()}, "uuid, uuid, int, int, bigint",
                  community + ", " + topic + ", 5, 31, " + bytes);
  };
  const Plan page = read("1048576"), all = read("100000000");
  CHECK(page.rows == 17);
  CHECK(all.rows == 31);
  CHECK(page.buffers * 31 < all.buffers * 20);
}

TEST_CASE_METHOD(Fixture, "answers to a post are one range of an index") {
  database.Run(R"sql(
    INSERT INTO posts (topic_id, id, author_id, create_time, number, markdown, reply_to_number)
    SELECT '03000000-0000-0000-0000-000000000003', gen_random_uuid(), gen_random_uuid(), now(),
           4 + number, repeat('x', 500), 1 + number % 4
    FROM generate_series(1, 400) number;
    ANALYZE posts)sql");
  const Plan plan = PlanOf(sql::kListReplies, "uuid, uuid, int, int, int, bigint",
                           community + ", " + topic + ", 3, 1, 31, 1048576");
  CHECK(plan.rows == 31);
  CHECK(plan.buffers <= 50);
  CHECK(plan.Has("posts_by_reply_to"));
  CHECK_FALSE(plan.Has("Sort"));
}

TEST_CASE_METHOD(Fixture, "reactions are found by their key, of a post and of a member to posts") {
  database.Run(R"sql(
    INSERT INTO reactions
    SELECT post.id, ('01000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid, now(), 1
    FROM generate_series(1, 100) n, (SELECT id FROM posts ORDER BY id LIMIT 500) post;
    ANALYZE reactions)sql");
  const std::string post =
      "'" + database.Ask("SELECT id FROM posts WHERE topic_id = " + topic + " AND number = 2") +
      "'";
  database.Run("INSERT INTO reactions SELECT " + post +
               ", gen_random_uuid(), now(), 1 FROM generate_series(1, 300)");
  const Plan list = PlanOf(
      sql::kListReactions, "uuid, uuid, uuid, uuid, int, int",
      community + ", " + topic + ", " + post + ", '00000000-0000-0000-0000-000000000000', 0, 51");
  CHECK(list.rows == 51);
  CHECK(list.buffers <= 80);
  CHECK(list.Has("one_reaction_per_member_and_kind"));
  CHECK_FALSE(list.Has("Sort"));
  const Plan own = PlanOf(sql::kGetOwnReactions, "uuid, uuid[], uuid[], uuid[]",
                          member + ", ARRAY[" + topic + "]::uuid[], ARRAY[" + post +
                              "]::uuid[], ARRAY[" + community + "]::uuid[]");
  CHECK(own.buffers <= 20);
  CHECK_FALSE(own.Has("Seq Scan"));
}

TEST_CASE_METHOD(Fixture, "flags and reviews are ranges of indexes, however many were decided") {
  database.Run(R"sql(
    INSERT INTO flags (id, community_id, topic_id, post_id, member_id, create_time, decide_time, kind,
                       outcome, opens_review, text)
    SELECT gen_random_uuid(), topic.community_id, topic.id, post.id,
           ('01000000-0000-0000-0000-' || lpad(to_hex(n % 20), 12, '0'))::uuid,
           now() + ((n * 7919) % 10007) * interval '1 s',
           CASE WHEN n % 20 > 0 THEN now() END, 1, CASE WHEN n % 20 > 0 THEN 2 END, true, 'x'
    FROM (SELECT id, topic_id, row_number() OVER (ORDER BY id) n FROM posts LIMIT 20000) post
    JOIN topics topic ON topic.id = post.topic_id;
    ANALYZE flags)sql");
  const Plan queue = PlanOf(sql::kListReviews, "uuid, timestamptz, uuid, int",
                            community + ", '-infinity', " + last_id + ", 11");
  CHECK(queue.buffers <= 120);
  CHECK(queue.Has("reviews_by_community"));
  CHECK_FALSE(queue.Has("Sort"));
  const Plan own = PlanOf(sql::kListOwnFlags, "uuid, timestamptz, uuid, int",
                          member + ", 'infinity', " + last_id + ", 31");
  CHECK(own.rows == 31);
  CHECK(own.buffers <= 50);
  CHECK(own.Has("flags_by_member_newest"));
  const Plan decided = PlanOf(sql::kListDecidedReviews, "uuid, timestamptz, uuid, int",
                              community + ", 'infinity', " + last_id + ", 11");
  CHECK(decided.rows == 11);
  CHECK(decided.buffers <= 150);
  CHECK(decided.Has("decided_reviews_by_community"));
  CHECK_FALSE(decided.Has("Sort"));
  const std::string post = "gen_random_uuid()";
  for (const Plan& plan :
       {PlanOf(sql::kLookAtFlags, "uuid, uuid, timestamptz, int",
               post + ", " + member + ", '-infinity', 50"),
        PlanOf(sql::kDecideFlags, "uuid, uuid, int, timestamptz, uuid, text",
               topic + ", " + post + ", 2, now(), NULL, ''"),
        PlanOf(sql::kGetGoneReview, "uuid, uuid", topic + ", " + post),
        PlanOf(sql::kMoveReviews, "uuid, uuid", topic + ", " + community),
        PlanOf(sql::kHoldFlaggedTopic, "uuid, uuid, uuid", topic + ", " + post + ", " + member),
        PlanOf(sql::kWithdrawFlag, "uuid, uuid, uuid", topic + ", " + post + ", " + member),
        PlanOf(sql::kGetDecidedFlags, "uuid, uuid[], timestamptz[], int",
               community + ", ARRAY[" + post + "]::uuid[], ARRAY[now()], 20"),
        PlanOf(sql::kGetFlagsUnderReview, "uuid[], uuid[], uuid[], int",
               "ARRAY[" + community + "]::uuid[], ARRAY[" + topic + "]::uuid[], ARRAY[" + post +
                   "]::uuid[], 20")}) {
    CHECK(plan.buffers <= 70);
    CHECK_FALSE(plan.Has("Seq Scan"));
  }
}

TEST_CASE_METHOD(Fixture,
                 "posts are compared with their answers and reactions in some buffers each") {
  database.Run("INSERT INTO reactions SELECT id, gen_random_uuid(), now(), 1 FROM posts; ANALYZE");
  const Plan plan = PlanOf(sql::kComparePostCounts, "uuid, int, int", topic + ", 0, 100");
  CHECK(plan.rows == 100);
  CHECK(plan.buffers <= 2500);
}

TEST_CASE_METHOD(Fixture, "a post is found by number and by id without reading its topic") {
  for (const char* ref : {"NULL, 3", "gen_random_uuid(), NULL"}) {
    const Plan plan =
        PlanOf(sql::kGetPost, "uuid, uuid, uuid, int", community + ", " + topic + ", " + ref);
    CHECK(plan.buffers <= 15);
    CHECK_FALSE(plan.Has("Seq Scan"));
  }
}

TEST_CASE_METHOD(Fixture, "topics and places are found by their keys") {
  CHECK(PlanOf(sql::kGetTopics, "uuid[]", "ARRAY[" + topic + "]::uuid[]").buffers <= 6);
  CHECK(PlanOf(sql::kGetTopicPlaces, "uuid[]", "ARRAY[" + topic + "]::uuid[]").buffers <= 6);
  CHECK(PlanOf(sql::kGetPostPlaces, "uuid[], uuid[], int[]",
               "ARRAY[" + topic + "]::uuid[], ARRAY[NULL]::uuid[], ARRAY[2]")
            .buffers <= 15);
}

TEST_CASE_METHOD(Fixture, "a reader of many topics pays for those asked about") {
  const std::string topics = "ARRAY[" + topic + "]::uuid[]";
  CHECK(PlanOf(sql::kGetReadStates, "uuid, uuid[], uuid[]",
               member + ", " + topics + ", ARRAY[" + community + "]::uuid[]")
            .buffers <= 12);
  CHECK(PlanOf(sql::kMarkRead, "uuid[], uuid[], uuid[], int[]",
               "ARRAY[" + member + "]::uuid[], " + topics + ", ARRAY[" + community +
                   "]::uuid[], ARRAY[3]")
            .buffers <= 30);
}

TEST_CASE_METHOD(Fixture, "posting touches the post, its topic and the author's watermark") {
  const Plan plan =
      PlanOf(sql::kInsertPost, "uuid, int, uuid, uuid, timestamptz, text, float8, int",
             topic + ", 5, gen_random_uuid(), " + member + ", now(), 'text', 1.5, NULL");
  CHECK(plan.buffers <= 130);
  CHECK_FALSE(plan.Has("Seq Scan"));
}

}  // namespace
}  // namespace guildhall::discussions
