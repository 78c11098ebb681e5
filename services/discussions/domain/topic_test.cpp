#include "services/discussions/domain/topic.h"

#include <catch2/catch.hpp>

#include "guildhall/discussions/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/domain/markdown.h"

namespace guildhall::discussions {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

Contribution By(std::string markdown, absl::Time time = kNow) {
  return {PostId(), MemberId(), std::move(markdown), time};
}

TEST_CASE("posts are numbered from 1 on, and the topic shows the last one") {
  Topic topic;
  CHECK(AddPost(topic, By("one"))->number == 1);
  const Post second = *AddPost(topic, By("two", kNow + absl::Minutes(1)));
  CHECK(second.number == 2);
  CHECK(topic.last_post_number == 2);
  CHECK(topic.last_post_time == second.create_time);
  CHECK(topic.score == Score(2, second.create_time));
}

TEST_CASE("a post is never older than the one before it") {
  Topic topic;
  CHECK(AddPost(topic, By("one"))->create_time == kNow);
  CHECK(AddPost(topic, By("two", kNow - absl::Seconds(3)))->create_time == kNow);
}

TEST_CASE("a post's time is what the database gives back: whole microseconds") {
  Topic topic;
  CHECK(AddPost(topic, By("one", kNow + absl::Nanoseconds(1999)))->create_time ==
        kNow + absl::Microseconds(1));
}

TEST_CASE("a full topic takes no posts") {
  Topic topic{.last_post_number = kMaxPostsPerTopic - 1};
  CHECK(AddPost(topic, By("the last")).ok());
  CHECK(Is(AddPost(topic, By("one too many")).status(), reasons::kTopicFull));
  CHECK(topic.last_post_number == kMaxPostsPerTopic);
}

TEST_CASE("a post is text of 1 byte to 64 KiB that says something") {
  CHECK(*RenderNew("markdown", "*x*") == "<p><em>x</em></p>\n");
  CHECK(RenderNew("markdown", std::string(Count(kMaxMarkdown), 'x')).ok());
  for (const std::string& bad : {std::string(), std::string(" \r\n\t"), std::string("a\0b", 3),
                                 std::string("\xff"), std::string(Count(kMaxMarkdown) + 1, 'x')}) {
    CAPTURE(bad.substr(0, 10));
    const absl::Status refused = RenderNew("post.markdown", bad).status();
    CHECK(Is(refused, policy::reasons::kFieldInvalid));
    CHECK(DetailsOf(refused)->violations[0].field == "post.markdown");
  }
}

TEST_CASE("a deleted post renders to nothing") {
  Post post{.number = 2, .markdown = "gone"};
  CHECK(Render(post) == "<p>gone</p>\n");
  REQUIRE(DeletePost(post, kNow).ok());
  CHECK(post.markdown.empty());
  CHECK(Render(post).empty());
}

TEST_CASE("edits and the deletion are versions") {
  Post post{.number = 2, .markdown = "one"};
  EditPost(post, "two", kNow);
  CHECK(post.version == 2);
  CHECK(post.edit_time == kNow);
  REQUIRE(DeletePost(post, kNow).ok());
  CHECK(post.version == 3);
  Topic topic;
  EditTopic(topic, "Rye");
  CHECK(topic.version == 2);
  CHECK(topic.title == "Rye");
}

TEST_CASE("the first post goes with its topic only") {
  Post first{.number = 1, .markdown = "stays"};
  CHECK(Is(DeletePost(first, kNow), reasons::kFirstPost));
  CHECK(first.markdown == "stays");
}

TEST_CASE("a topic in which others posted is not its author's alone") {
  CHECK(CheckDeletingTopic(false).ok());
  CHECK(Is(CheckDeletingTopic(true), reasons::kTopicHasReplies));
}

TEST_CASE("twice as many posts weigh as much as two weeks") {
  const absl::Time later = kNow + absl::Hours(14 * 24);
  CHECK(Score(31, kNow) == Approx(Score(15, later)));
  CHECK(Score(31, kNow) > Score(30, kNow));
  CHECK(Score(15, later) > Score(15, kNow));
}

TEST_CASE("imported posts count as read, and nothing is read beyond the last post") {
  const TopicId topic;
  CHECK(ReadStateOf(topic, 0, 0, 5) == ReadState{topic, 0, 5});
  CHECK(ReadStateOf(topic, 3, 0, 5) == ReadState{topic, 3, 2});
  CHECK(ReadStateOf(topic, 0, 4, 5) == ReadState{topic, 4, 1});
  CHECK(ReadStateOf(topic, 5, 4, 5) == ReadState{topic, 5, 0});
  CHECK(ReadStateOf(topic, 9, 0, 5) == ReadState{topic, 5, 0});
}

}  // namespace
}  // namespace guildhall::discussions
