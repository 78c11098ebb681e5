#include <catch2/catch.hpp>

#include "services/discussions/domain/import.h"

namespace guildhall::discussions {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

Uuid Numbered(int n) {
  Uuid uuid;
  uuid.bytes[15] = static_cast<std::uint8_t>(n);
  return uuid;
}

Topic Wanted() {
  return {.id = TopicId(Numbered(1)),
          .community = CommunityId(Numbered(2)),
          .author = MemberId(Numbered(3)),
          .title = "Bread",
          .create_time = kNow};
}

// What stands of a topic that was imported as `wanted`.
ImportTarget Standing(const Topic& wanted) { return {.topic = wanted, .mark = MarkOf(wanted)}; }

TEST_CASE("a topic that stands as it was sent is left alone") {
  ImportTarget target = Standing(Wanted());
  const FollowingTopic following = FollowTopic(Wanted(), target);
  CHECK(following.outcome.result == ImportResult::kUnchanged);
  CHECK(following.outcome.content_hash ==
        RecordHash().Text("Bread").Name(MemberId(Numbered(3))).Number(1).Number(0).Finish());
  CHECK_FALSE(following.edited);
  CHECK_FALSE(following.marked);
}

TEST_CASE("a topic that was renamed at the source is renamed here, unless it was renamed here") {
  Topic renamed = Wanted();
  renamed.title = "Rye";
  ImportTarget target = Standing(Wanted());
  const FollowingTopic following = FollowTopic(renamed, target);
  CHECK(following.outcome.result == ImportResult::kUpdated);
  CHECK(following.edited);
  CHECK(target.topic.title == "Rye");
  CHECK(target.topic.version == 2);
  CHECK(FollowTopic(renamed, target).outcome.result == ImportResult::kUnchanged);
  target = Standing(Wanted());
  target.topic.title = "Spelt";
  CHECK(FollowTopic(renamed, target).outcome.result == ImportResult::kKept);
  CHECK(target.topic.title == "Spelt");
}

TEST_CASE("a topic that went elsewhere, or is gone, stays so") {
  ImportTarget target = Standing(Wanted());
  target.topic.community = CommunityId(Numbered(9));
  CHECK(FollowTopic(Wanted(), target).outcome.result == ImportResult::kElsewhere);
  target.deleted = true;
  CHECK(FollowTopic(Wanted(), target).outcome.result == ImportResult::kGone);
}

TEST_CASE("a topic becomes a question as its source says, and no praise") {
  Topic question = Wanted(), praise = Wanted();
  question.kind = TopicKind::kQuestion;
  ImportTarget target = Standing(Wanted());
  CHECK(FollowTopic(question, target).outcome.result == ImportResult::kUpdated);
  CHECK(target.topic.kind == TopicKind::kQuestion);
  praise.kind = TopicKind::kPraise;
  praise.praised = {MemberId(Numbered(5))};
  target = Standing(Wanted());
  CHECK(FollowTopic(praise, target).outcome.result == ImportResult::kRefused);
  CHECK(target.topic == Wanted());
}

TEST_CASE("a topic whose first post is another's by now stays its author's, and follows") {
  Topic of_another = Wanted();
  of_another.author = MemberId(Numbered(5));
  of_another.title = "Rye";
  ImportTarget target = Standing(Wanted());
  const FollowingTopic following = FollowTopic(of_another, target);
  CHECK(following.outcome.result == ImportResult::kUpdated);
  CHECK(following.outcome.asides == std::vector{ImportAside::kAuthor});
  CHECK(following.outcome.content_hash == ContentOf(of_another));
  CHECK(target.topic.title == "Rye");
  CHECK(target.topic.author == Wanted().author);
  CHECK(FollowTopic(of_another, target).outcome.result == ImportResult::kUnchanged);
}

TEST_CASE(
    "what the source has pinned or closed since is so here; what was opened here stays open") {
  Topic closed = Wanted();
  closed.pinned = true;
  closed.closer = MemberId(Numbered(7));
  ImportTarget target = Standing(Wanted());
  CHECK(FollowTopic(closed, target).outcome.result == ImportResult::kUpdated);
  CHECK(target.topic.pinned);
  CHECK(target.topic.closer == closed.closer);
  target = Standing(closed);
  target.topic.pinned = false;
  target.topic.closer.reset();
  const FollowingTopic opened = FollowTopic(closed, target);
  CHECK(opened.outcome.result == ImportResult::kUnchanged);
  CHECK(opened.outcome.asides == std::vector{ImportAside::kPinned, ImportAside::kClosed});
  CHECK_FALSE(target.topic.pinned);
}

TEST_CASE("a topic that was unpinned here stays so when the source closes it") {
  Topic pinned = Wanted();
  pinned.pinned = true;
  ImportTarget target = Standing(pinned);
  target.topic.pinned = false;
  pinned.closer = MemberId(Numbered(7));
  const FollowingTopic closed = FollowTopic(pinned, target);
  CHECK(closed.outcome.result == ImportResult::kUpdated);
  CHECK(closed.outcome.asides == std::vector{ImportAside::kPinned});
  CHECK_FALSE(target.topic.pinned);
  CHECK(target.topic.closer);
}

TEST_CASE("a question with an answer stays one, whatever its source makes of it") {
  Topic question = Wanted();
  question.kind = TopicKind::kQuestion;
  ImportTarget target = Standing(question);
  target.topic.accepted_post = 3;
  CHECK(FollowTopic(Wanted(), target).outcome.result == ImportResult::kKept);
  CHECK(target.topic.kind == TopicKind::kQuestion);
  CHECK(target.topic.accepted_post == 3);
  target.topic.accepted_post.reset();
  CHECK(FollowTopic(Wanted(), target).outcome.result == ImportResult::kUpdated);
  CHECK(target.topic.kind == TopicKind::kDiscussion);
}

}  // namespace
}  // namespace guildhall::discussions
