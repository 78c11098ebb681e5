#include "services/discussions/workers/tag_reconciler.h"

#include "services/discussions/store/test_forum.h"

namespace guildhall::discussions {
namespace {

struct Fixture : TestForum {
  Fixture() {
    Open(TopicNumber(1), Community(1), Member(1));
    Open(TopicNumber(2), Community(1), Member(1));
    database.Run("UPDATE topics SET tags = '{rye,spelt}'");
    database.Run(
        "UPDATE topics SET tags = '{rye}' WHERE id = (SELECT max(id::text) FROM topics)::uuid");
  }
  std::string Counts() {
    return database.Ask(
        "SELECT string_agg(tag || ' ' || topic_count, ', ' ORDER BY tag) FROM community_tags");
  }
  TagReconciler reconciler{open};
};

TEST_CASE_METHOD(Fixture, "counts of tags that are right are left alone") {
  CHECK(Counts() == "rye 2, spelt 1");
  CHECK(*reconciler.RunOnce(At(9)) == 0);
}

TEST_CASE_METHOD(Fixture, "counts of tags that differ are mended and counted") {
  database.Run("UPDATE community_tags SET topic_count = 7");
  CHECK(*reconciler.RunOnce(At(9)) == 2);
  CHECK(Counts() == "rye 2, spelt 1");
  CHECK(*reconciler.RunOnce(At(9)) == 0);
}

TEST_CASE_METHOD(Fixture, "a tag that no topic has is taken away and counted") {
  database.Run(
      "INSERT INTO community_tags SELECT community_id, 'emmer', 0 FROM community_tags LIMIT 1");
  database.Run(
      "INSERT INTO community_tags SELECT community_id, 'oat', 2 FROM community_tags LIMIT 1");
  CHECK(*reconciler.RunOnce(At(9)) == 2);
  CHECK(Counts() == "rye 2, spelt 1");
}

TEST_CASE_METHOD(Fixture, "a count that is wrong fails no write") {
  database.Run("UPDATE community_tags SET topic_count = 1");
  database.Run("UPDATE topics SET tags = '{}' WHERE tags = '{rye}'");
  CHECK(Counts() == "rye 0, spelt 1");
  CHECK(*reconciler.RunOnce(At(9)) == 1);
  CHECK(Counts() == "rye 1, spelt 1");
}

TEST_CASE_METHOD(Fixture, "all tags get their turn") {
  database.Run(
      "INSERT INTO community_tags SELECT gen_random_uuid(), 'x', 1 FROM generate_series(1, 500)");
  CHECK(*reconciler.RunOnce(At(9)) + *reconciler.RunOnce(At(9)) == 500);
  CHECK(*reconciler.RunOnce(At(9)) == 0);
}

TEST_CASE_METHOD(Fixture, "a topic that an import fills is counted from its first post on") {
  database.Run("UPDATE topics SET last_post_number = 0");
  CHECK(Counts() == "");
  database.Run("UPDATE topics SET last_post_number = 1");
  CHECK(Counts() == "rye 2, spelt 1");
  CHECK(*reconciler.RunOnce(At(9)) == 0);
}

}  // namespace
}  // namespace guildhall::discussions
