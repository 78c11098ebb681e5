#include "services/discussions/domain/skill.h"

#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"

namespace guildhall::discussions {
namespace {

using Skills = std::vector<SuggestedSkill>;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

TaggedPost PostIn(int topic, std::vector<std::string> tags, absl::Time time = kNow) {
  Uuid id;
  id.bytes[15] = static_cast<std::uint8_t>(topic);
  return {.topic = TopicId(id), .create_time = time, .tags = std::move(tags)};
}

TEST_CASE("tags of three topics or more are skills, those of the most topics first") {
  std::vector<TaggedPost> posts;
  for (int topic = 1; topic <= 4; ++topic) posts.push_back(PostIn(topic, {"rye", "bread"}));
  for (int topic = 5; topic <= 7; ++topic) posts.push_back(PostIn(topic, {"rye", "oat"}));
  for (int topic = 8; topic <= 9; ++topic) posts.push_back(PostIn(topic, {"wheat"}));
  CHECK(SkillsSuggestedBy(posts, kNow) == Skills{{"rye", 7}, {"bread", 4}, {"oat", 3}});
}

TEST_CASE("a topic counts once, and what is too long ago not at all") {
  std::vector<TaggedPost> posts(10, PostIn(1, {"rye"}));
  CHECK(SkillsSuggestedBy(posts, kNow).empty());
  for (int topic = 2; topic <= 3; ++topic) posts.push_back(PostIn(topic, {"rye"}));
  CHECK(SkillsSuggestedBy(posts, kNow) == Skills{{"rye", 3}});
  posts.back().create_time = kNow - absl::Microseconds(1);
  CHECK(SkillsSuggestedBy(posts, kNow).empty());
}

TEST_CASE("at most twenty skills are suggested, in one order") {
  std::vector<TaggedPost> posts;
  for (int topic = 1; topic <= 3; ++topic) {
    for (int tag = 0; tag < 25; ++tag) {
      posts.push_back(PostIn(topic, {absl::StrCat("t", 10 + tag)}));
    }
  }
  const Skills skills = SkillsSuggestedBy(posts, kNow);
  REQUIRE(skills.size() == 20);
  CHECK(skills.front() == SuggestedSkill{"t10", 3});
  CHECK(skills.back() == SuggestedSkill{"t29", 3});
}

}  // namespace
}  // namespace guildhall::discussions
