#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/ids.h"

namespace guildhall::discussions {

// What members may know, by the tags of topics in which they wrote.

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
