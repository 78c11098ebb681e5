// The plans of what a member asks about all of its communities at once: what it costs depends on
// how many it belongs to, and not on how many there are, nor on how much was written there.

#include "absl/strings/str_cat.h"
#include "discussions/statements.h"
#include "services/discussions/store/plan_fixture.h"

namespace guildhall::discussions {
namespace {

// 5,000 communities with 4 topics each, of which a member belongs to each 25th, and has marked all
// as read just now. It mutes 200 topics.
struct Fixture : PlanFixture {
  Fixture() {
    database.Run(R"sql(
      INSERT INTO topics (id, community_id, author_id, last_author_id, create_time, last_post_time,
                          score, last_post_number, title)
      SELECT ('03000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid,
             ('02000000-0000-0000-0000-' || lpad(to_hex(n % 5000), 12, '0'))::uuid,
             gen_random_uuid(), gen_random_uuid(), now() - interval '20 days',
             now() - ((n * 7919) % 20011) * interval '1 minute', (n * 7919) % 20011, 4,
             repeat('x', 40)
      FROM generate_series(1, 20000) n;
      INSERT INTO community_read_states
      SELECT ('01000000-0000-0000-0000-' || lpad(to_hex(m), 12, '0'))::uuid,
             ('02000000-0000-0000-0000-' || lpad(to_hex(n * 25 + m), 12, '0'))::uuid, now()
      FROM generate_series(0, 24) m, generate_series(0, 199) n;
      INSERT INTO read_states
      SELECT '01000000-0000-0000-0000-000000000001', id, 2 FROM topics;
      INSERT INTO topic_follows
      SELECT ('01000000-0000-0000-0000-' || lpad(to_hex(n % 100), 12, '0'))::uuid, id, now(), 1
      FROM (SELECT id, row_number() OVER (ORDER BY id) n FROM topics) topic;
      INSERT INTO community_follows SELECT gen_random_uuid(), community_id, 1 FROM topics;
      ANALYZE)sql");
    // VACUUM marks nothing as visible to all whose commit is not on disk yet.
    database.Run("CHECKPOINT");
    database.Run("VACUUM topics, topic_follows");
  }
  // The member's communities, as a literal.
  std::string Mine() {
    return "'" +
           database.Ask(
               "SELECT array_agg(community_id)::text FROM community_read_states "
               "WHERE member_id = " +
               member) +
           "'";
  }

  const std::string member = "'01000000-0000-0000-0000-000000000001'";
};

TEST_CASE_METHOD(Fixture,
                 "what one follows, bookmarked or began to write is one range of an index") {
  database.Run(R"sql(
    INSERT INTO posts (topic_id, id, author_id, create_time, number, markdown)
    SELECT id, gen_random_uuid(), author_id, now(), 1, 'x' FROM topics LIMIT 10000;
    INSERT INTO bookmarks
    SELECT ('01000000-0000-0000-0000-' || lpad(to_hex(n % 20), 12, '0'))::uuid, id, now()
    FROM (SELECT id, row_number() OVER (ORDER BY id) n FROM posts) post;
    INSERT INTO drafts
    SELECT ('01000000-0000-0000-0000-' || lpad(to_hex(n % 200), 12, '0'))::uuid,
           gen_random_uuid(), NULL, now() + n * interval '1 s', 1, 't', repeat('x', 2000)
    FROM generate_series(1, 10000) n;
    ANALYZE)sql");
  const std::string from_start = ", 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', ";
  const Plan followed = PlanOf(sql::kListFollowedTopics, "uuid, int, timestamptz, uuid, int",
                               member + ", 1" + from_start + "31");
  CHECK(followed.rows == 31);
  CHECK(followed.buffers <= 200);
  CHECK(followed.Has("topic_follows_by_level_newest"));
  const Plan bookmarks =
      PlanOf(sql::kListBookmarks, "uuid, timestamptz, uuid, int", member + from_start + "31");
  CHECK(bookmarks.rows == 31);
  CHECK(bookmarks.buffers <= 300);
  CHECK(bookmarks.Has("bookmarks_newest_first"));
  const Plan drafts =
      PlanOf(sql::kListDrafts, "uuid, timestamptz, uuid, int", member + from_start + "11");
  CHECK(drafts.rows == 11);
  CHECK(drafts.buffers <= 20);
  CHECK(drafts.Has("drafts_newest_first"));
  for (const Plan& plan : {followed, bookmarks, drafts}) CHECK_FALSE(plan.Has("Seq Scan"));
}

TEST_CASE_METHOD(Fixture, "whom one ignores, and communities that one follows, are one range") {
  database.Run(R"sql(
    INSERT INTO ignores
    SELECT ('01000000-0000-0000-0000-' || lpad(to_hex(n % 100), 12, '0'))::uuid,
           gen_random_uuid(), now() - n * interval '1 s'
    FROM generate_series(1, 20000) n;
    INSERT INTO community_follows
    SELECT ('01000000-0000-0000-0000-' || lpad(to_hex(n % 100), 12, '0'))::uuid,
           gen_random_uuid(), 1 + n % 3
    FROM generate_series(1, 20000) n;
    ANALYZE)sql");
  const Plan ignores = PlanOf(sql::kListIgnores, "uuid, timestamptz, uuid, int",
                              member + ", 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 101");
  CHECK(ignores.rows == 101);
  CHECK(ignores.buffers <= 120);
  CHECK(ignores.Has("ignores_newest_first"));
  const Plan follows = PlanOf(sql::kListCommunityFollows, "uuid, int, uuid, int",
                              member + ", NULL, '00000000-0000-0000-0000-000000000000', 31");
  CHECK(follows.rows == 31);
  CHECK(follows.buffers <= 40);
  CHECK(follows.Has("community_follows_pkey"));
  for (const Plan& plan : {ignores, follows}) {
    CHECK_FALSE(plan.Has("Seq Scan"));
    CHECK_FALSE(plan.Has("Sort"));
  }
}

TEST_CASE_METHOD(Fixture, "posts of many topics are looked up one by one") {
  database.Run(R"sql(
    INSERT INTO posts (topic_id, id, author_id, create_time, number, markdown)
    SELECT id, gen_random_uuid(), author_id, now(), number, 'x' FROM topics, generate_series(1, 2) number;
    ANALYZE posts)sql");
  const auto of_some = [&](const std::string& what) {
    return "'" +
           database.Ask("SELECT array_agg(" + what +
                        " ORDER BY id)::text FROM (SELECT * FROM "
                        "posts ORDER BY id LIMIT 40) few") +
           "'";
  };
  const Plan plan = PlanOf(
      sql::kGetPosts, "uuid[], uuid[], int[], uuid[], bigint",
      absl::StrCat(of_some("topic_id"), ", ", of_some("CASE WHEN number = 1 THEN id END"), ", ",
                   of_some("CASE WHEN number = 2 THEN number END"), ", ",
                   "'" + database.Ask("SELECT array_agg(DISTINCT community_id)::text FROM topics"),
                   "', 1048576"));
  const Plan places = PlanOf(sql::kGetTopicPlaces, "uuid[]", of_some("topic_id"));
  CHECK(plan.rows == 40);
  CHECK(plan.buffers + places.buffers <= 500);
  CHECK_FALSE(plan.Has("Seq Scan"));
}

TEST_CASE_METHOD(Fixture, "choices for topics are looked up one by one") {
  const std::string topics = database.Ask(
      "SELECT array_agg(id)::text FROM (SELECT id FROM topics ORDER BY id LIMIT 10) t");
  const Plan plan = PlanOf(sql::kGetTopicFollows, "uuid, uuid[], uuid[]",
                           absl::StrCat(member, ", '", topics, "', ", Mine()));
  CHECK(plan.buffers <= 120);
  CHECK(plan.Has("topics_pkey"));
}

}  // namespace
}  // namespace guildhall::discussions
