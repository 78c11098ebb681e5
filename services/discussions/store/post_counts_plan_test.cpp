// What a round of the reconciler costs does not depend on how many posts there are.

#include "discussions/statements.h"
#include "services/discussions/store/plan_fixture.h"

namespace guildhall::discussions {
namespace {

TEST_CASE_METHOD(PlanFixture, "a round over posts reads those of the round alone") {
  database.Run(R"sql(
    INSERT INTO topics (id, community_id, author_id, last_author_id, create_time, last_post_time,
                        score, last_post_number, title)
    SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now(), now(),
           1, 100, 'A title'
    FROM generate_series(1, 300);
    INSERT INTO posts (topic_id, id, author_id, create_time, number, markdown)
    SELECT id, gen_random_uuid(), author_id, now(), number, repeat('x', 400)
    FROM generate_series(1, 100) number, topics;
    ANALYZE)sql");
  database.Run("CHECKPOINT");
  database.Run("VACUUM posts");
  const Plan plan = PlanOf(sql::kComparePostCounts, "uuid, int, int",
                           "'00000000-0000-0000-0000-000000000000', 0, 100");
  CHECK(plan.rows == 100);
  CHECK_FALSE(plan.Has("\"Sort\""));
  CHECK(plan.buffers < 1500);
}

}  // namespace
}  // namespace guildhall::discussions
