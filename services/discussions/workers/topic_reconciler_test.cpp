#include "services/discussions/workers/topic_reconciler.h"

#include "services/discussions/store/test_forum.h"

namespace guildhall::discussions {
namespace {

TEST_CASE_METHOD(TestForum, "what topics show is mended, told and counted where it differs") {
  Open(TopicNumber(1), Community(1), Member(1));
  Reply(TopicNumber(1), Member(2), 5);
  Open(TopicNumber(2), Community(1), Member(1));
  TopicReconciler reconciler(open);
  CHECK(*reconciler.RunOnce(At(9)) == 0);
  const std::string question = "SELECT t FROM topics t ORDER BY id LIMIT 1";
  const std::string before = database.Ask(question);
  database.Run(
      "UPDATE topics SET last_post_number = 7, score = 1, last_author_id = id "
      "WHERE last_post_number = 2");
  database.Run("DELETE FROM change_log");
  CHECK(*reconciler.RunOnce(At(9)) == 1);
  CHECK(database.Ask(question) == before);
  // Kept replies go by it.
  const std::string topic = TopicNumber(1).uuid().ToString();
  CHECK(database.Ask("SELECT kind || ' ' || key || ' ' || resource FROM change_log") ==
        "8 " + topic + " " + topic);
  CHECK(*reconciler.RunOnce(At(9)) == 0);
}

TEST_CASE_METHOD(TestForum, "topics end with what stands, also those that were written before") {
  Open(TopicNumber(1), Community(1), Member(1));
  for (int n = 1; n <= 3; ++n) Reply(TopicNumber(1), Member(2), n);
  database.Run("UPDATE posts SET delete_time = now(), markdown = '' WHERE number IN (2, 4)");
  TopicReconciler reconciler(open);
  const std::string question =
      "SELECT last_post_number || ' ' || last_standing_number || ' ' || last_post_time || ' ' || "
      "last_place_time FROM topics";
  CHECK(*reconciler.RunOnce(At(9)) == 1);
  const std::string mended = database.Ask(question);
  CHECK(mended == database.Ask("SELECT '4 3 ' || max(create_time) FILTER (WHERE number = 3) || ' ' "
                               "|| max(create_time) FILTER (WHERE number = 4) FROM posts"));
  CHECK(*reconciler.RunOnce(At(9)) == 0);
  database.Run("UPDATE topics SET last_standing_number = 2");
  CHECK(*reconciler.RunOnce(At(9)) == 1);
  CHECK(database.Ask(question) == mended);
}

TEST_CASE_METHOD(TestForum, "all topics get their turn") {
  database.Run(
      "INSERT INTO topics SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), "
      "gen_random_uuid(), now(), now(), NULL, 0, 1, 1, 0, 'x' FROM generate_series(1, 150)");
  TopicReconciler reconciler(open);
  CHECK(*reconciler.RunOnce(At(0)) == 100);
  CHECK(*reconciler.RunOnce(At(0)) == 50);
  CHECK(*reconciler.RunOnce(At(0)) == 0);
}

}  // namespace
}  // namespace guildhall::discussions
