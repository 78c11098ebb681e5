#include "discussions/statements.h"
#include "services/discussions/store/plan_fixture.h"

namespace guildhall::discussions {
namespace {

TEST_CASE_METHOD(PlanFixture, "a poll is three look-ups, and a page of votes one range") {
  Open(TopicNumber(1), Community(1), Member(1));
  database.Run(R"sql(
    INSERT INTO topics (id, community_id, author_id, title, last_post_number, last_author_id,
                        create_time, last_post_time, score, kind)
    SELECT gen_random_uuid(), community_id, author_id, title, 1, author_id, create_time,
           last_post_time, score, 5
    FROM topics, generate_series(1, 1000);
    INSERT INTO polls (topic_id, choice, ballot, results, vote_counts, options)
    SELECT id, 1, 1, 1, '{0,0}', '{Rye,Spelt}' FROM topics;
    INSERT INTO poll_votes
    SELECT topic_id, gen_random_uuid(), now(), '{1}' FROM polls, generate_series(1, 100);
    INSERT INTO poll_voters
    SELECT topic_id, gen_random_uuid() FROM polls, generate_series(1, 20))sql");
  database.Run("CHECKPOINT");
  database.Run("VACUUM ANALYZE topics, polls, poll_votes, poll_voters");
  const std::string topic = "'" + TopicNumber(1).ToString() + "'::uuid";
  const std::string place = "'" + Community(1).ToString() + "'::uuid";
  const std::string nobody = "'" + Member(0).ToString() + "'::uuid";
  const Plan poll = PlanOf(sql::kGetPoll, "uuid, uuid, uuid", topic + ", " + place + ", " + nobody);
  CHECK(poll.rows == 1);
  CHECK(poll.buffers <= 15);
  const Plan votes = PlanOf(sql::kListVotes, "uuid, uuid, uuid, int",
                            place + ", " + topic + ", " + nobody + ", 51");
  CHECK(votes.rows == 51);
  CHECK(votes.buffers <= 80);
  CHECK(votes.Has("one_named_vote_per_member"));
  const Plan compared = PlanOf(sql::kComparePolls, "uuid, int", nobody + ", 10");
  CHECK(compared.rows == 10);
  for (const Plan& plan : {poll, votes, compared}) {
    CHECK_FALSE(plan.Has("Seq Scan"));
    CHECK_FALSE(plan.Has("Sort"));
  }
}

}  // namespace
}  // namespace guildhall::discussions
