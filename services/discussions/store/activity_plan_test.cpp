#include "discussions/statements.h"
#include "services/discussions/store/plan_fixture.h"

namespace guildhall::discussions {
namespace {

TEST_CASE_METHOD(PlanFixture,
                 "of 5,000 communities the latest are read within 500 buffers, and all") {
  database.Run(R"sql(
    INSERT INTO topics (id, community_id, author_id, last_author_id, create_time, last_post_time,
                        score, last_post_number, title)
    SELECT gen_random_uuid(),
           ('02000000-0000-0000-0000-' || lpad(to_hex(n % 5000), 12, '0'))::uuid,
           gen_random_uuid(), gen_random_uuid(), now() - interval '900 days',
           now() - ((n * 7919) % 20011) * interval '1 hour', 0, 4, 'x'
    FROM generate_series(1, 20000) n;
    ANALYZE)sql");
  CHECK(database.Ask("SELECT count(*) FROM community_activity") == "5000");
  CHECK(database.Ask(R"sql(
    SELECT count(*)
    FROM community_activity known
    JOIN (SELECT community_id, max(last_post_time) AS latest FROM topics GROUP BY 1) topic
      USING (community_id)
    WHERE known.active_time <> activity_step(topic.latest))sql") == "0");
  database.Run("CHECKPOINT");
  database.Run("VACUUM community_activity");
  const std::string from = "'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', ";
  const Plan batch = PlanOf(sql::kListActiveCommunities, "timestamptz, uuid, int", from + "200");
  CHECK(batch.rows == 200);
  CHECK(batch.buffers <= 20);
  const Plan all = PlanOf(sql::kListActiveCommunities, "timestamptz, uuid, int", from + "5000");
  CHECK(all.rows == 5000);
  CHECK(all.buffers <= 500);
  for (const Plan& plan : {batch, all}) {
    CHECK(plan.Has("communities_latest_active"));
    CHECK_FALSE(plan.Has("Seq Scan"));
    CHECK_FALSE(plan.Has("Sort"));
  }
}

}  // namespace
}  // namespace guildhall::discussions
