#include "libs/base/status_macros.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/store/tag_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::GetMostUsedTagsResponse> GetMostUsedTags(
    Discussions& discussions, const rpc::Call& call, const v1::GetMostUsedTagsRequest& request) {
  GUILDHALL_ASSIGN(const auto visible,
                   VisibleAmong(discussions, call, "communities", request.communities()));
  GUILDHALL_ASSIGN(const std::vector<TagCount> tags,
                   GetMostUsedTags(discussions.database, call.context(), visible));
  v1::GetMostUsedTagsResponse response;
  for (const TagCount& tag : tags) {
    v1::Tag& out = *response.add_tags();
    out.set_tag(tag.tag);
    out.set_topic_count(tag.topic_count);
  }
  return response;
}

}  // namespace guildhall::discussions
