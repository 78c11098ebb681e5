#include <set>

#include "libs/base/status_macros.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/store/skill_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::GetSuggestedSkillsResponse> GetSuggestedSkills(
    Discussions& discussions, const rpc::Call& call, const v1::GetSuggestedSkillsRequest&) {
  GUILDHALL_ASSIGN(std::vector<TaggedPost> posts,
                   ListOwnTags(discussions.database, call.context(), call.grant(), call.now()));
  std::set<CommunityId> communities;
  for (const TaggedPost& post : posts) communities.insert(post.community);
  GUILDHALL_ASSIGN(const auto visible, VisibleAmong(discussions, call, communities));
  std::erase_if(posts, [&](const TaggedPost& post) { return !visible.contains(post.community); });
  v1::GetSuggestedSkillsResponse response;
  for (const SuggestedSkill& each : SkillsSuggestedBy(posts, call.now() - kSkillsFor)) {
    v1::SuggestedSkill& skill = *response.add_suggested_skills();
    skill.set_tag(each.tag);
    skill.set_topic_count(each.topic_count);
  }
  return response;
}

}  // namespace guildhall::discussions
