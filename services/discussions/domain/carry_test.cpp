#include "services/discussions/domain/carry.h"

#include <catch2/catch.hpp>

#include "guildhall/discussions/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

absl::Time At(int minute) { return absl::FromUnixSeconds(1'700'000'000) + absl::Minutes(minute); }

Uuid Numbered(int n) {
  Uuid uuid;
  uuid.bytes[15] = static_cast<std::uint8_t>(n);
  return uuid;
}

// A topic that ends with the post of a number, written that many minutes after the beginning.
Topic TopicOf(int id, int last) {
  Topic topic;
  topic.id = TopicId(Numbered(id));
  topic.last_post_number = last;
  topic.last_post_time = At(last);
  return topic;
}

PostHead Head(int number, int minute, std::optional<int> reply_to = std::nullopt) {
  return {.id = PostId(Numbered(number)),
          .number = number,
          .author = MemberId(Numbered(100 + number)),
          .create_time = At(minute),
          .place_time = At(minute),
          .reply_to = reply_to};
}

std::vector<int> NumbersOf(std::span<const CarriedPost> posts) {
  std::vector<int> numbers;
  for (const CarriedPost& post : posts) numbers.push_back(post.number);
  return numbers;
}

TEST_CASE("posts come after those of the topic into which they go, whenever they were written") {
  Topic from = TopicOf(1, 9), into = TopicOf(2, 5);
  const std::vector<PostHead> posts = {Head(2, 3), Head(4, 4), Head(9, 8)};
  const auto carried = *Carry(posts, from, into);
  CHECK(NumbersOf(carried) == std::vector{6, 7, 8});
  CHECK(into.last_post_number == 8);
  CHECK(into.last_author == posts.back().author);
  CHECK(into.last_post_time == At(8));
  CHECK(into.score == Score(8, At(8)));
}

TEST_CASE("a topic ends with the last post that stands of those that come into it") {
  Topic from = TopicOf(1, 9), into = TopicOf(2, 5);
  std::vector<PostHead> posts = {Head(1, 7), Head(2, 8), Head(3, 9)};
  posts[1].stands = posts[2].stands = false;
  const auto carried = *Carry(posts, from, into);
  CHECK(NumbersOf(carried) == std::vector{6, 7, 8});
  CHECK(into.last_post_number == 8);
  CHECK(LastStanding(into) == 6);
  CHECK(into.last_author == posts.front().author);
  CHECK(into.last_post_time == At(7));
  CHECK(LastPlaceTime(into) == At(9));
}

TEST_CASE("posts that come into a topic are never older there than the one before") {
  Topic from = TopicOf(1, 9), into = TopicOf(2, 5);
  const std::vector<PostHead> posts = {Head(2, 3), Head(9, 8)};
  const auto carried = *Carry(posts, from, into);
  CHECK(carried[0].place_time == At(5));
  CHECK(carried[1].place_time == At(8));
}

TEST_CASE("an answer goes on answering what goes along, and else answers the topic") {
  Topic from = TopicOf(1, 9), into = TopicOf(2, 1);
  const std::vector<PostHead> posts = {Head(3, 3, 2), Head(5, 5, 3), Head(6, 6)};
  const auto carried = *Carry(posts, from, into);
  CHECK_FALSE(carried[0].reply_to);
  CHECK(carried[1].reply_to == 2);
  CHECK_FALSE(carried[2].reply_to);
}

TEST_CASE("an answer that goes is one no more, but of a question that has none") {
  Topic from = TopicOf(1, 9), into = TopicOf(2, 4);
  from.kind = TopicKind::kQuestion;
  from.accepted_post = 5;
  const std::vector<PostHead> posts = {Head(5, 5)};
  SECTION("into a discussion") {
    REQUIRE(Carry(posts, from, into).ok());
    CHECK_FALSE(into.accepted_post);
  }
  SECTION("into a question") {
    into.kind = TopicKind::kQuestion;
    REQUIRE(Carry(posts, from, into).ok());
    CHECK(into.accepted_post == 5);
  }
  SECTION("into one that has an answer") {
    into.kind = TopicKind::kQuestion;
    into.accepted_post = 2;
    REQUIRE(Carry(posts, from, into).ok());
    CHECK(into.accepted_post == 2);
  }
  CHECK_FALSE(from.accepted_post);
}

TEST_CASE("a topic takes no more posts than a topic may have") {
  Topic from = TopicOf(1, 9), into = TopicOf(2, kMaxPostsPerTopic - 1);
  const std::vector<PostHead> posts = {Head(2, 3), Head(9, 8)};
  CHECK(Is(Carry(posts, from, into).status(), reasons::kTopicFull));
}

TEST_CASE("posts are split off that stand in their topic, and never its first one") {
  std::vector<PostHead> posts = {Head(2, 3), Head(4, 4)};
  CHECK(CheckSplitting("posts", posts, 2).ok());
  CHECK(Is(CheckSplitting("posts", posts, 3), policy_reasons::kFieldInvalid));
  CHECK(Is(CheckSplitting("posts", {}, 1), policy_reasons::kFieldInvalid));
  posts[1].stands = false;
  CHECK(Is(CheckSplitting("posts", posts, 2), policy_reasons::kFieldInvalid));
  posts = {Head(1, 0), Head(2, 3)};
  CHECK(Is(CheckSplitting("posts", posts, 2), reasons::kFirstPost));
}

TEST_CASE("a new topic is by the author of its first post, and as old as that") {
  const Topic topic = SplitOff(TopicOf(1, 9), TopicId(Numbered(3)), "Rye", Head(4, 4));
  CHECK(topic.author == Head(4, 4).author);
  CHECK(topic.title == "Rye");
  CHECK(topic.create_time == At(4));
  CHECK(topic.kind == TopicKind::kDiscussion);
}

TEST_CASE("a topic goes into another one, if it is not too long") {
  CHECK(CheckMerging(TopicOf(1, kMaxMergedPosts)).ok());
  CHECK(Is(CheckMerging(TopicOf(1, kMaxMergedPosts + 1)), reasons::kTopicTooLong));
}

TEST_CASE("a topic with a poll goes into no other") {
  Topic topic = TopicOf(1, 1);
  topic.kind = TopicKind::kPoll;
  CHECK(Is(CheckMerging(topic), reasons::kTopicHasPoll));
}

TEST_CASE("imported posts stay imported while they are the first of their topic") {
  Topic from = TopicOf(1, 9), into = TopicOf(2, 5);
  const std::vector<PostHead> posts = {Head(2, 3), Head(4, 4), Head(9, 8)};
  const auto carried = *Carry(posts, from, into);
  CHECK(ImportedAfter(carried, 4, 5) == 7);
  CHECK(ImportedAfter(carried, 0, 5) == 5);
  CHECK(ImportedAfter(carried, 4, 3) == 3);
  CHECK(ImportedAfter(carried, 4, 4) == 4);
  CHECK(ImportedAfter({}, 4, 4) == 4);
}

}  // namespace
}  // namespace guildhall::discussions
