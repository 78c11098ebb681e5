// What a list of mentions costs in an organization of 100,000 topics in 5,000 communities, to who
// belongs to 200 of them and keeps order in all of these.

#include "absl/strings/str_cat.h"
#include "discussions/statements.h"
#include "services/discussions/store/plan_fixture.h"

namespace guildhall::discussions {
namespace {

// Each topic has a post that mentions a member, everyone and those who keep order.
struct Fixture : PlanFixture {
  Fixture() {
    database.Run(R"sql(
      INSERT INTO topics (id, community_id, author_id, last_author_id, create_time, last_post_time,
                          score, last_post_number, title)
      SELECT ('03000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid,
             ('02000000-0000-0000-0000-' || lpad(to_hex(n % 5000), 12, '0'))::uuid,
             gen_random_uuid(), gen_random_uuid(), now(), now() - (n * 7919) % 100003 * interval '1 s',
             n, 1, repeat('x', 40)
      FROM generate_series(1, 100000) n;
      INSERT INTO posts (topic_id, id, author_id, create_time, number, markdown)
      SELECT id, gen_random_uuid(), author_id, now(), 1, repeat('x', 200) FROM topics;
      INSERT INTO mentions (post_id, topic_id, community_id, member_id, author_id, mention_time, kind)
      SELECT post.id, topic.id, community_id, CASE WHEN way = 1 THEN
               ('01000000-0000-0000-0000-' || lpad(to_hex(n % 25), 12, '0'))::uuid END,
             topic.author_id, last_post_time, way
      FROM (SELECT *, ('x' || right(community_id::text, 8))::bit(32)::int AS n FROM topics) topic
      JOIN posts post ON post.topic_id = topic.id
      CROSS JOIN generate_series(1, 3) way;
      ANALYZE)sql");
    database.Run(R"sql(
      INSERT INTO ignores (member_id, ignored_id, create_time)
      SELECT gen_random_uuid(), gen_random_uuid(), now() FROM generate_series(1, 10000);
      ANALYZE ignores)sql");
    // VACUUM marks nothing as visible to all whose commit is not on disk yet.
    database.Run("CHECKPOINT");
    database.Run("VACUUM topics, posts, mentions, mention_places, group_mentions");
    places = "'" +
             database.Ask(
                 "SELECT array_agg(community_id)::text FROM mention_places WHERE "
                 "member_id = " +
                 member) +
             "'";
  }
  // Of a member that may read wherever it is mentioned, or not, and belongs to both groups of 200
  // communities.
  Plan List(bool everywhere, int groups) {
    return PlanOf(sql::kListMentions,
                  "uuid, uuid[], uuid[], int[], timestamptz, uuid, int, bool, int",
                  absl::StrCat(member, ", ", places, ", ", places, "::uuid[] || ", places,
                               "::uuid[], array_fill(2, ARRAY[200]) || array_fill(3, ARRAY[200]), "
                               "'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 31, ",
                               everywhere ? "true" : "false", ", ", groups));
  }

  const std::string member = "'01000000-0000-0000-0000-000000000001'";
  std::string places;
};

TEST_CASE_METHOD(Fixture, "mentions in 200 communities and of 400 groups are listed within 500") {
  const Plan where = PlanOf(sql::kListMentionPlaces, "uuid, int", member + ", 1000");
  CHECK(where.rows == 200);
  CHECK(where.buffers <= 10);
  const Plan page = List(true, 41);
  CHECK(page.rows == 31);
  CHECK(where.buffers + page.buffers <= 500);
  CHECK(page.Has("mentions_of_member_latest"));
  CHECK(page.Has("mentions_of_group_newest"));
  // Where it is mentioned out of its sight, and where nothing but a look at each group tells.
  const Plan apart = List(false, 41), all = List(true, 400);
  CHECK(apart.rows == 31);
  CHECK(apart.buffers <= page.buffers + 4 * 200);
  CHECK(all.rows == 31);
  CHECK(all.buffers <= page.buffers + 4 * 400);
  for (const Plan& plan : {where, page, apart, all}) {
    // All rows of which 5,000 are read, 200 of them in fewer pages than look-ups would.
    CHECK(plan.text.find("Seq Scan") == plan.text.rfind("Seq Scan"));
  }
}

}  // namespace
}  // namespace guildhall::discussions
