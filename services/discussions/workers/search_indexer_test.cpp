#include "services/discussions/workers/search_indexer.h"

#include <thread>

#include "guildhall/change/v1/change.pb.h"
#include "libs/changelog/change_log.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/search_store.h"
#include "services/discussions/store/test_forum.h"

namespace guildhall::discussions {
namespace {

struct Fixture : TestForum {
  Fixture() { topic = Open(TopicNumber(1), Community(1), Member(1)).id; }
  void Post(const std::string& text, bool told = true) {
    const discussions::Post post = Reply(topic, Member(2), ++minute, text);
    if (!told) return;
    Do([&](postgres::Work& work) {
      changelog::Append(
          work,
          {.kind = change::v1::KIND_POST_CREATED, .key = topic.uuid(), .resource = post.id.uuid()});
    });
  }
  // Until there is nothing left; who has to wait for another too long tries again.
  static void Index(SearchIndexer& indexer) {
    while (indexer.RunOnce(At(0)).value_or(1) > 0) {
    }
  }
  std::size_t Count(const std::string& query, CommunityId community = Community(1)) {
    const auto found = FindPosts(open, context(), Visible(Member(1), {community}),
                                 *SearchQueryFrom("query", query, MemberId()), At(60 * 24 * 365));
    INFO(found.status());
    REQUIRE(found.ok());
    return found->size();
  }

  // What versions do that store no form but words: they take the last that the log tells, and go by
  // a progress of their own.
  void IndexLastAsBefore() {
    const std::string place = Community(1).ToString();
    database.Run(
        "CREATE TEMP TABLE last AS SELECT xid::text::bigint AS xid, n, resource "
        "FROM change_log ORDER BY change_log.xid DESC, n DESC LIMIT 1;"
        "INSERT INTO post_words (post_id, topic_id, community_id, create_time, words) "
        "SELECT id, topic_id, '" +
        place +
        "', create_time, to_tsvector('simple', markdown) "
        "|| array_to_tsvector(ARRAY['#c" +
        place +
        "']) FROM posts JOIN last ON id = resource "
        "ON CONFLICT (post_id) DO UPDATE SET words = excluded.words;"
        "UPDATE search_progress SET xid = last.xid, n = last.n FROM last; DROP TABLE last");
  }

  TopicId topic;
  int minute = 0;
  SearchIndexer indexer{open};
};

TEST_CASE_METHOD(Fixture,
                 "posts that were there before are found once all have been walked through") {
  for (int n = 0; n < 250; ++n) Post("old", false);
  Index(indexer);
  CHECK(Count("old") == 250);
  CHECK(database.Ask("SELECT known_topic_id IS NULL FROM word_progress") == "t");
}

TEST_CASE_METHOD(Fixture, "posts that come afterwards are found by what the log tells") {
  Index(indexer);
  Post("new");
  CHECK(*indexer.RunOnce(At(0)) == 1);
  CHECK(Count("new") == 1);
  CHECK(*indexer.RunOnce(At(0)) == 0);
}

TEST_CASE_METHOD(Fixture, "after a restore all posts are walked through again") {
  Index(indexer);
  Post("restored", false);
  database.Run("UPDATE change_log_head SET incarnation = gen_random_uuid()");
  // That the log is another one is no change to take.
  CHECK(*indexer.RunOnce(At(0)) == 0);
  Index(indexer);
  CHECK(Count("restored") == 1);
}

TEST_CASE_METHOD(Fixture, "two processes that index at once lose nothing") {
  for (int n = 0; n < 300; ++n) Post("twice", n % 2 == 0);
  std::thread other([&] {
    SearchIndexer second(open);
    Index(second);
  });
  Index(indexer);
  other.join();
  SearchIndexer third(open);
  Index(third);
  CHECK(Count("twice") == 300);
}

TEST_CASE_METHOD(Fixture, "what an older version has learned is learned once more") {
  Post("flourish");
  IndexLastAsBefore();
  Index(indexer);
  CHECK(Count("flou*") == 1);
  Post("flounder");
  IndexLastAsBefore();
  CHECK(Count("flounder") == 1);
  CHECK(Count("flou*") == 1);
  Index(indexer);
  CHECK(Count("flou*") == 2);
  CHECK(Count("is:discussion flounder") == 1);
}

TEST_CASE_METHOD(Fixture,
                 "an older version finds nothing left of what is learned, and walks nowhere") {
  const std::string position = "SELECT (incarnation, xid, n) FROM ";
  Post("flourish");
  Index(indexer);
  CHECK(database.Ask(position + "search_progress") == database.Ask(position + "word_progress"));
  database.Run("UPDATE search_progress SET known_topic_id = gen_random_uuid()");
  CHECK(database.Ask("SELECT known_topic_id IS NULL FROM search_progress") == "t");
}

TEST_CASE_METHOD(Fixture, "what fails is taken in smaller parts, and nothing of it is lost") {
  for (int n = 0; n < 250; ++n) Post("hard", false);
  database.Run("ALTER TABLE post_words ADD CONSTRAINT trouble CHECK (false)");
  CHECK_FALSE(indexer.RunOnce(At(0)).ok());
  database.Run("ALTER TABLE post_words DROP CONSTRAINT trouble");
  CHECK(*indexer.RunOnce(At(0)) == SearchIndexer::kAtOnce / 2);
  Index(indexer);
  CHECK(Count("hard") == 250);
}

TEST_CASE_METHOD(Fixture, "long posts are taken a few at a time, whatever there is to do") {
  const std::string text(60'000, ' ');
  for (int n = 0; n < 80; ++n) Post("long" + text, n < 40);
  CHECK(*indexer.RunOnce(At(0)) < 50);
  Index(indexer);
  CHECK(Count("long") == 80);
}

TEST_CASE_METHOD(Fixture, "a topic of many posts is found where it went") {
  for (int n = 0; n < 450; ++n) Post("wanderer", false);
  Index(indexer);
  database.Run("UPDATE topics SET community_id = '" + Community(2).ToString() + "'");
  Do([&](postgres::Work& work) {
    changelog::Append(work, {.kind = change::v1::KIND_TOPIC_MOVED, .key = topic.uuid()});
  });
  Index(indexer);
  CHECK(Count("wanderer") == 0);
  CHECK(Count("wanderer", Community(2)) == 450);
}

TEST_CASE_METHOD(Fixture, "of what stands in many posts the newest are ranked") {
  for (int n = 0; n < 1100; ++n) {
    minute += 60 * 24;
    Post("common", false);
  }
  Index(indexer);
  const auto found = FindPosts(open, context(), Visible(Member(1), {Community(1)}),
                               *SearchQueryFrom("query", "common", MemberId()), At(minute));
  REQUIRE(found.ok());
  CHECK(found->size() == kMaxRanked);
  // The last one is the best.
  CHECK(found->front().post == PostNumber(posts));
}

}  // namespace
}  // namespace guildhall::discussions
