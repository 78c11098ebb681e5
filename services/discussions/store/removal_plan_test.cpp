// What a page of a removed topic reads, in a topic of 10,000 posts among 1,000 others that were
// removed, in plans for any parameters.
#include "discussions/statements.h"
#include "services/discussions/store/plan_fixture.h"

namespace guildhall::discussions {
namespace {

TEST_CASE_METHOD(PlanFixture, "a page of a removed topic is one range of the key of posts") {
  database.Run(R"sql(
    INSERT INTO topics (id, community_id, author_id, last_author_id, create_time, last_post_time,
                        score, last_post_number, title, delete_time)
    SELECT ('03000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid,
           '02000000-0000-0000-0000-000000000001', gen_random_uuid(), gen_random_uuid(), now(),
           now(), n, CASE n WHEN 1 THEN 10000 ELSE 10 END, 'x', now()
    FROM generate_series(1, 1000) n;
    INSERT INTO posts (topic_id, id, author_id, create_time, number, markdown)
    SELECT topic.id, gen_random_uuid(), author_id, create_time, number, repeat('x', 200)
    FROM topics topic, generate_series(1, last_post_number) number;
    INSERT INTO removals (id, community_id, topic_id, author_id, remover_id, remove_time, title,
                          markdown, reason)
    SELECT gen_random_uuid(), community_id, id, author_id, author_id, now(), 'x', 'x', 'x'
    FROM topics)sql");
  database.Run("VACUUM ANALYZE");
  const Plan plan = PlanOf(sql::kListRemovedPosts, "uuid, uuid, int, int, bigint",
                           "'02000000-0000-0000-0000-000000000001', "
                           "'03000000-0000-0000-0000-000000000001', 5000, 31, 1048576");
  CHECK(plan.rows == 31);
  CHECK(plan.buffers <= 8 + 31);
  CHECK(plan.Has("posts_pkey"));
  CHECK(plan.Has("one_standing_removal_per_topic"));
  CHECK_FALSE(plan.Has("Seq Scan"));
  CHECK_FALSE(plan.Has("Sort"));
}

TEST_CASE_METHOD(PlanFixture,
                 "what became of a member's post is one range, of however many posts") {
  database.Run(R"sql(
    INSERT INTO removals (id, community_id, topic_id, post_id, author_id, remover_id, remove_time,
                          title, markdown, reason, edited)
    SELECT gen_random_uuid(), '02000000-0000-0000-0000-000000000001', gen_random_uuid(),
           ('04000000-0000-0000-0000-' || lpad(to_hex(n / 20), 12, '0'))::uuid,
           '01000000-0000-0000-0000-000000000001', gen_random_uuid(), now(), 'x', '', 'x', true
    FROM generate_series(20, 20000) n)sql");
  database.Run("VACUUM ANALYZE removals");
  const Plan plan = PlanOf(sql::kListOwnRemovalsOf, "uuid, uuid, timestamptz, uuid, int",
                           "'01000000-0000-0000-0000-000000000001', "
                           "'04000000-0000-0000-0000-000000000007', 'infinity', "
                           "'ffffffff-ffff-ffff-ffff-ffffffffffff', 11");
  CHECK(plan.rows == 11);
  CHECK(plan.buffers <= 20);
  CHECK(plan.Has("removals_by_author_and_resource_newest"));
  CHECK_FALSE(plan.Has("Seq Scan"));
  CHECK_FALSE(plan.Has("Sort"));
}

}  // namespace
}  // namespace guildhall::discussions
