#include "services/discussions/workers/post_reconciler.h"

#include "services/discussions/store/reaction_store.h"
#include "services/discussions/store/test_forum.h"

namespace guildhall::discussions {
namespace {

struct Fixture : TestForum {
  const TopicId topic = TopicNumber(1);
  Topic opened = Open(topic, Community(1), Member(1));
  PostReconciler reconciler{open};

  // A post with an answer and two reactions, counted as writes count them.
  const Post post = Reply(topic, Member(2), 1);
  void Fill() {
    Do([&](postgres::Work& work) {
      auto locked = LockTopic(work, topic);
      const Post answer =
          *AddPost((*locked)->topic, {NextPost(), Member(1), "yes", At(2), post.number});
      REQUIRE(CountReply(work, topic, post.number, 1).ok());
      InsertPost(work, **locked, answer);
      Post counted = post;
      for (const auto kind : {ReactionKind::kLike, ReactionKind::kLaugh}) {
        REQUIRE(InsertReaction(work, post.id, {Member(3), kind, At(3)}).ok());
        counted.reactions.Add(kind);
      }
      SetReactionCounts(work, counted);
    });
  }
  std::string Counts() {
    return database.Ask(
        "SELECT string_agg(number || ':' || reply_count || ' ' || "
        "coalesce(reaction_counts::text, '-'), ', ' ORDER BY number) FROM posts");
  }
};

TEST_CASE_METHOD(Fixture, "counts of posts that are right are left alone") {
  Fill();
  CHECK(Counts() == "1:0 -, 2:1 {1,0,0,1}, 3:0 -");
  CHECK(*reconciler.RunOnce(At(9)) == 0);
}

TEST_CASE_METHOD(Fixture, "counts of posts that differ are mended, told and counted") {
  Fill();
  const std::string before = Counts();
  database.Run("UPDATE posts SET reply_count = 7, reaction_counts = NULL WHERE number = 2");
  database.Run("UPDATE posts SET reaction_counts = '{5}' WHERE number = 3");
  database.Run("DELETE FROM change_log");
  CHECK(*reconciler.RunOnce(At(9)) == 2);
  CHECK(Counts() == before);
  CHECK(database.Ask("SELECT count(*) || ' ' || min(kind) || ' ' || max(kind) FROM change_log") ==
        "2 52 52");
  CHECK(*reconciler.RunOnce(At(9)) == 0);
}

TEST_CASE_METHOD(Fixture, "all posts get their turn") {
  database.Run(
      "UPDATE topics SET last_post_number = 1500; INSERT INTO posts (topic_id, id, "
      "author_id, create_time, number, markdown, reply_count) SELECT topic_id, "
      "gen_random_uuid(), author_id, now(), n, 'x', 1 FROM posts, generate_series(3, 1500) n "
      "WHERE number = 1");
  CHECK(*reconciler.RunOnce(At(9)) == 998);
  CHECK(*reconciler.RunOnce(At(9)) == 500);
  CHECK(*reconciler.RunOnce(At(9)) == 0);
}

}  // namespace
}  // namespace guildhall::discussions
