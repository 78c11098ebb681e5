#include "services/discussions/domain/skill.h"

#include <algorithm>
#include <map>
#include <set>

#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {

std::vector<SuggestedSkill> SkillsSuggestedBy(std::span<const TaggedPost> posts, absl::Time since) {
  std::map<std::string, std::set<TopicId>> topics_by_tag;
  for (const TaggedPost& post : posts) {
    if (post.create_time < since) continue;
    for (const std::string& tag : post.tags) topics_by_tag[tag].insert(post.topic);
  }
  std::vector<SuggestedSkill> skills;
  for (const auto& [tag, topics] : topics_by_tag) {
    if (topics.size() < kLeastSkillTopics) continue;
    skills.push_back({tag, static_cast<int>(topics.size())});
  }
  std::ranges::stable_sort(skills, std::ranges::greater(), &SuggestedSkill::topic_count);
  if (skills.size() > kMaxSuggestedSkills) skills.resize(kMaxSuggestedSkills);
  return skills;
}

}  // namespace guildhall::discussions
