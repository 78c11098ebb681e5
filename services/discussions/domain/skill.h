#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/ids.h"

namespace guildhall::discussions {

// What members may know, by the tags of topics in which they wrote.

// What is longer ago is no sign of what somebody works with.
inline constexpr absl::Duration kSkillsFor = absl::Hours(24 * 365);

// Who wrote in one or two topics with a tag asked, more often than not.
inline constexpr int kLeastSkillTopics = 3;

// As many as somebody looks through.
inline constexpr int kMaxSuggestedSkills = 20;

// Where posts are looked for, and how many are looked at: a buffer for each, as they lie.
inline constexpr int kMaxSkillCommunities = 20;
inline constexpr int kMaxSkillPosts = 200;

// A post, and the tags of its topic.
struct TaggedPost {
  TopicId topic;
  absl::Time create_time;
  std::vector<std::string> tags;
};

// A tag, and in how many topics with it somebody wrote.
struct SuggestedSkill {
  std::string tag;
  int topic_count = 0;

  friend bool operator==(const SuggestedSkill&, const SuggestedSkill&) = default;
};

// The tags of at least kLeastSkillTopics topics each in which the posts are that were written since
// `since`: a topic counts once, however often one wrote in it. Those of the most topics first, of
// as many in the order of their characters; at most kMaxSuggestedSkills.
std::vector<SuggestedSkill> SkillsSuggestedBy(std::span<const TaggedPost> posts, absl::Time since);

}  // namespace guildhall::discussions
