// The plans of lists of unread topics of 200 communities: a page costs as much as any other,
// however much of what it looks at was read, and hardly more in a large forum.

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "discussions/statements.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/plan_fixture.h"
#include "services/discussions/store/unread_store.h"

namespace guildhall::discussions {
namespace {

struct Fixture : PlanFixture {
  Fixture() {
    first +=
        "SET plan_cache_mode = force_generic_plan;"
        "SELECT sum(number) FROM (SELECT number_at_mark(topic, 0, now()) AS number "
        "FROM topics topic LIMIT 1) called;";
  }

  // So many communities with 20 topics each, written to in the last 70 days, with 5 to 101 posts,
  // of which those in every part of them that makes 200 are the member's. It mutes 200 topics there
  // and elsewhere, and 20 other members have read a part of what there is.
  void Fill(int communities) {
    database.Run(absl::StrCat(R"sql(
      INSERT INTO topics (id, community_id, author_id, last_author_id, create_time, last_post_time,
                          score, last_post_number, title)
      SELECT ('03000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid,
             ('02000000-0000-0000-0000-' || lpad(to_hex(n % )sql",
                              communities, R"sql(), 12, '0'))::uuid,
             gen_random_uuid(), gen_random_uuid(), now() - interval '80 days',
             now() - (n * 7919::bigint % 100003) * interval '1 minute', n, 5 + n * 31 % 97,
             repeat('x', 40)
      FROM generate_series(1, 20 * )sql",
                              communities, R"sql() n;
      CREATE TABLE mine AS
      SELECT ('02000000-0000-0000-0000-' || lpad(to_hex(n * )sql",
                              communities / 200, R"sql(), 12, '0'))::uuid AS id
      FROM generate_series(0, 199) n;
      INSERT INTO read_states
      SELECT ('01000000-0000-0000-0000-' || lpad(to_hex(2 + n), 12, '0'))::uuid, id, 2
      FROM topics, generate_series(1, 20) n WHERE get_byte(uuid_send(id), 15) % 4 = n % 4;
      INSERT INTO topic_follows
      SELECT '01000000-0000-0000-0000-000000000001', id, now(), 1
      FROM (SELECT id FROM topics ORDER BY md5(id::text) LIMIT 200) topic)sql"));
    Settle();
  }
  // VACUUM marks nothing as visible to all whose commit is not on disk yet.
  void Settle() {
    database.Run("ANALYZE; CHECKPOINT");
    database.Run("VACUUM topics, topic_follows, read_states");
  }
  void Read(const std::string& part) {
    database.Run("INSERT INTO read_states SELECT " + member + ", topic.id, last_post_number - " +
                 part + " FROM topics topic JOIN mine ON mine.id = community_id");
    Settle();
  }
  std::string Mine() {
    return "'" + database.Ask("SELECT array_agg(id ORDER BY id)::text FROM mine") + "'";
  }
  // The member's mark leaves some posts of each unread, of 5 to 101.
  void Mark(const std::string& unread) {
    database.Run(R"sql(
      INSERT INTO posts (topic_id, id, author_id, create_time, number, markdown)
      SELECT topic.id, gen_random_uuid(), author_id,
             least(last_post_time, now() - interval '3 days') - (last_post_number - number)
               * interval '1 minute', number, 'x'
      FROM topics topic JOIN mine ON mine.id = community_id, generate_series(1, last_post_number) number
      WHERE last_post_time > now() - interval '3 days';
      UPDATE posts SET create_time = now() - interval '1 day'
      FROM topics WHERE topic_id = topics.id AND number > last_post_number - )sql" +
                 unread + R"sql(;
      INSERT INTO community_read_states
      SELECT '01000000-0000-0000-0000-000000000001', id, now() - interval '60 hours' FROM mine)sql");
    Settle();
    database.Run("VACUUM ANALYZE posts");
  }
  // What each of the first pages costs, as the list reads them: each knows what the one before
  // found, and holds at least so many topics.
  std::vector<int> Pages(int count, int least_rows = 25) {
    std::vector<int> buffers;
    std::string time = "infinity", id = "ffffffff-ffff-ffff-ffff-ffffffffffff";
    std::string bounds =
        "'{" + absl::StrJoin(std::vector<std::string>(200, "infinity"), ",") + "}'";
    const std::string types =
        "uuid, uuid[], timestamptz, uuid, int, int, timestamptz, int, timestamptz[], int, int";
    for (int page = 0; page < count; ++page) {
      const std::string arguments =
          absl::StrCat(member, ", ", Mine(), ", '", time, "', '", id,
                       "', 25, 100, now() - interval '30 days', 20, ", bounds, ", 30, 150");
      const Plan plan = PlanOf(sql::kListUnreadTopics, types, arguments);
      CHECK(plan.rows >= least_rows);
      buffers.push_back(plan.buffers);
      const std::string rows = "PREPARE asked(" + types + ") AS " + sql::kListUnreadTopics.text +
                               "; CREATE TEMP TABLE found AS EXECUTE asked(" + arguments + ");";
      const std::string last = "FROM found ORDER BY last_post_time, id LIMIT 1";
      bounds = "'" +
               database.Ask(rows + "SELECT array_agg(least(one, (SELECT last_post_time " + last +
                            ")) + interval '1 minute')::text FROM found, unnest(latest) one") +
               "'";
      const std::string next = database.Ask(rows + "SELECT last_post_time || '|' || id " + last);
      time = next.substr(0, next.find('|'));
      id = next.substr(next.find('|') + 1);
    }
    return buffers;
  }

  const std::string member = "'01000000-0000-0000-0000-000000000001'";
};

TEST_CASE_METHOD(Fixture, "a page of unread topics among 100,000 is read within 500 buffers") {
  Fill(5000);
  for (const int buffers : Pages(8)) CHECK(buffers <= 500);
  Read("CASE WHEN get_byte(uuid_send(topic.id), 15) % 20 = 0 THEN 3 ELSE 0 END");
  for (const int buffers : Pages(8)) CHECK(buffers <= 500);
}

TEST_CASE_METHOD(Fixture, "a page of unread topics costs half as much where there are no others") {
  Fill(200);
  const int few = Pages(1)[0];
  database.Run(
      "TRUNCATE topics, topic_follows, read_states, community_activity CASCADE; DROP TABLE mine");
  Fill(5000);
  CHECK(Pages(1)[0] <= 2 * few);
}

TEST_CASE_METHOD(Fixture, "where marks end within all topics of a page, it costs some more") {
  Fill(5000);
  Mark("3");
  for (const int buffers : Pages(2, 20)) CHECK(buffers <= 500);
}

TEST_CASE_METHOD(Fixture, "where marks end far before the ends of topics, a page ends in time") {
  Fill(5000);
  Mark("(last_post_number * 2 / 3)");
  for (const int buffers : Pages(3, 5)) CHECK(buffers <= 500);
}

}  // namespace
}  // namespace guildhall::discussions
