// The plans of split and merge: what they cost depends on the posts that go and on who has read
// them, and not on how large the forum is.

#include <set>

#include "absl/strings/str_cat.h"
#include "discussions/statements.h"
#include "services/discussions/store/plan_fixture.h"

namespace guildhall::discussions {
namespace {

// Topics of 10 posts, and one of 1,000 that as many members have read, each to another number.
struct Fixture : PlanFixture {
  Fixture() {
    database.Run(R"sql(
      INSERT INTO topics (id, community_id, author_id, last_author_id, create_time, last_post_time,
                          score, last_post_number, title)
      SELECT ('03000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid,
             ('02000000-0000-0000-0000-' || lpad(to_hex(n % 100), 12, '0'))::uuid,
             gen_random_uuid(), gen_random_uuid(), now(), now(), n,
             CASE n WHEN 3 THEN 1000 ELSE 10 END, 'x'
      FROM generate_series(1, 5000) n;
      INSERT INTO posts (topic_id, id, author_id, create_time, number, markdown)
      SELECT topic.id, gen_random_uuid(), author_id, create_time, number, repeat('x', 200)
      FROM topics topic, generate_series(1, last_post_number) number;
      INSERT INTO read_states
      SELECT gen_random_uuid(), '03000000-0000-0000-0000-000000000003', n
      FROM generate_series(1, 1000) n;
      INSERT INTO read_states
      SELECT gen_random_uuid(), id, 10 FROM topics, generate_series(1, 4);
      INSERT INTO topic_follows SELECT member_id, topic_id, now(), 3 FROM read_states;
      INSERT INTO flags (id, community_id, topic_id, post_id, member_id, create_time, kind,
                         opens_review, text)
      SELECT gen_random_uuid(), community_id, topic.id, post.id, gen_random_uuid(), now(), 1, true,
             'x'
      FROM posts post JOIN topics topic ON topic.id = post.topic_id WHERE number = 3;
      ANALYZE)sql");
  }
  std::string Posts(const std::string& which) {
    return "'" +
           database.Ask(
               "SELECT array_agg(id ORDER BY number)::text FROM posts WHERE "
               "topic_id = " +
               topic + " AND " + which) +
           "'";
  }
  std::string Numbers(int first, int last) {
    return "'" +
           database.Ask(absl::StrCat("SELECT array_agg(n)::text FROM generate_series(", first, ", ",
                                     last, ") n")) +
           "'";
  }
  // What carries posts of the topic, all together.
  int Carry(const std::string& posts, int count) {
    const std::string numbers = Numbers(11, 10 + count);
    const std::string nulls = absl::StrCat("array_fill(NULL::int, ARRAY[", count, "])");
    const std::string times = absl::StrCat("array_fill(now(), ARRAY[", count, "])");
    const std::string authors = absl::StrCat("array_fill(", member, "::uuid, ARRAY[", count, "])");
    const std::string markers =
        "'" +
        database.Ask(absl::StrCat(
            "SELECT array_agg(gen_random_uuid())::text FROM generate_series(1, ", count, ")")) +
        "'";
    int buffers = 0;
    for (const Plan& plan :
         {PlanOf(sql::kCarryPosts, "uuid, uuid[], int[], timestamptz[], int[]",
                 absl::StrCat(into, ", ", posts, ", ", numbers, ", ", times, ", ", nulls)),
          PlanOf(
              sql::kLeaveMarkers,
              "uuid, timestamptz, uuid[], uuid[], int[], uuid[], timestamptz[], timestamptz[]",
              absl::StrCat(topic, ", now(), ", markers, ", ", posts, ", ",
                           Numbers(2001, 2000 + count), ", ", authors, ", ", times, ", ", times)),
          PlanOf(sql::kRecountReplies, "uuid[], int[]",
                 absl::StrCat("array_fill(", into, "::uuid, ARRAY[", count, "]), ", numbers)),
          PlanOf(sql::kCarryFlags, "uuid, uuid, uuid[]",
                 absl::StrCat(topic, ", ", into, ", ", posts))}) {
      CHECK_FALSE(plan.Has("Seq Scan"));
      buffers += plan.buffers;
    }
    return buffers;
  }

  const std::string topic = "'03000000-0000-0000-0000-000000000003'";
  const std::string into = "'03000000-0000-0000-0000-000000000067'";
  const std::string member = "'01000000-0000-0000-0000-000000000001'";
};

TEST_CASE_METHOD(Fixture, "a split of 2 posts costs the posts, and a row for each reader") {
  const std::string two = Posts("number IN (3, 7)");
  const Plan heads = PlanOf(sql::kGetPostsToCarry, "uuid, uuid[]", topic + ", " + two);
  CHECK(heads.rows == 2);
  CHECK(heads.buffers <= 100);
  const Plan read = PlanOf(sql::kSplitReadStates, "uuid, uuid, int[]",
                           topic + ", gen_random_uuid(), ARRAY[3, 7]");
  CHECK(read.Has("read_states_by_topic"));
  CHECK(read.buffers <= 1000 * 8);
  CHECK(Carry(two, 2) <= 200);
  const Plan drawn = PlanOf(sql::kDrawMarkersIn, "uuid, timestamptz", topic + ", now()");
  CHECK(drawn.buffers <= 30);
  for (const Plan& plan : {heads, read, drawn}) CHECK_FALSE(plan.Has("Seq Scan"));
}

TEST_CASE_METHOD(Fixture,
                 "a merge of 1,000 posts costs some buffers for each, and for each reader") {
  const Plan heads = PlanOf(sql::kListPostsToCarry, "uuid, int", topic + ", 1000");
  CHECK(heads.rows == 1000);
  CHECK(heads.buffers <= 200);
  const Plan read = PlanOf(sql::kMergeReadStates, "uuid, uuid, int[]",
                           absl::StrCat(topic, ", ", into, ", ", Numbers(1, 1000)));
  CHECK(read.buffers <= 1000 * 10);
  CHECK(Carry(Posts("true"), 1000) <= 1000 * 60);
  const Plan follows = PlanOf(sql::kCopyTopicFollows, "uuid, uuid", topic + ", " + into);
  CHECK(follows.buffers <= 1000 * 15);
  for (const Plan& plan : {heads, read, follows}) CHECK_FALSE(plan.Has("Seq Scan"));
}

TEST_CASE_METHOD(Fixture,
                 "the last post that stands is found at the end, or behind what has gone") {
  const auto ends = [&](int from) {
    const Plan plan = PlanOf(sql::kGetLastPosts, "uuid[], int",
                             absl::StrCat("ARRAY[", topic, "]::uuid[], ", from));
    CHECK_FALSE(plan.Has("Seq Scan"));
    CHECK(plan.rows == 1);
    return plan.buffers;
  };
  CHECK(ends(10'000) <= 20);
  database.Run("UPDATE posts SET delete_time = now(), markdown = '' WHERE topic_id = " + topic +
               " AND number > 10");
  // A deletion looks from the post that goes, the reconciler through all 990 that have gone: 2
  // buffers each while their old versions are there.
  CHECK(ends(11) <= 20);
  CHECK(ends(10'000) <= 20 + 2 * 990);
  const Plan stored =
      PlanOf(sql::kSetTopicEnds,
             "uuid[], int[], uuid[], timestamptz[], float8[], int[], int[], timestamptz[]",
             absl::StrCat("ARRAY[", topic, "]::uuid[], '{1000}', ARRAY[", member,
                          "]::uuid[], ARRAY[now()], '{1}', '{0}', '{10}', ARRAY[now()]"));
  CHECK_FALSE(stored.Has("Seq Scan"));
  CHECK(stored.buffers <= 130);
}

TEST_CASE_METHOD(Fixture, "what goes, and what had gone into it, is found and held by indexes") {
  database.Run("UPDATE topics SET delete_time = now(), merged_into_id = " + topic +
               " WHERE score BETWEEN 10 AND 12; ANALYZE topics");
  const Plan held = PlanOf(sql::kHoldForMerge, "uuid, uuid", topic + ", " + into);
  CHECK(held.rows == 5);
  CHECK(held.Has("topics_merged_away"));
  CHECK(held.buffers <= 40);
  const Plan readers = PlanOf(sql::kHoldAgainstReaders, "uuid", topic);
  CHECK(readers.buffers <= 10);
  const Plan gone = PlanOf(sql::kMergeTopic, "uuid, uuid, timestamptz, bigint",
                           absl::StrCat(topic, ", ", into, ", now(), 2"));
  CHECK(gone.buffers <= 200);
  for (const Plan& plan : {held, readers, gone}) CHECK_FALSE(plan.Has("Seq Scan"));
}

}  // namespace
}  // namespace guildhall::discussions
