#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/skill_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::GetSuggestedSkillsResponse> GetSuggestedSkills(
    Discussions& discussions, const rpc::Call& call, const v1::GetSuggestedSkillsRequest& request) {
  if (request.communities_size() > kMaxSkillCommunities) {
    return WrongField("communities", absl::StrCat("takes at most ", kMaxSkillCommunities));
  }
  GUILDHALL_ASSIGN(const auto visible,
                   VisibleAmong(discussions, call, "communities", request.communities()));
  GUILDHALL_ASSIGN(const std::vector<TaggedPost> posts,
                   ListOwnTaggedPosts(discussions.database, call.context(), visible, call.now()));
  v1::GetSuggestedSkillsResponse response;
  for (const SuggestedSkill& each : SkillsSuggestedBy(posts, call.now() - kSkillsFor)) {
    v1::SuggestedSkill& skill = *response.add_suggested_skills();
    skill.set_tag(each.tag);
    skill.set_topic_count(each.topic_count);
  }
  return response;
}

}  // namespace guildhall::discussions
