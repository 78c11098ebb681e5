#include "libs/base/status_macros.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/store/read_state_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::BatchGetUnreadCountsResponse> BatchGetUnreadCounts(
    Discussions& discussions, const rpc::Call& call,
    const v1::BatchGetUnreadCountsRequest& request) {
  GUILDHALL_ASSIGN(const auto visible,
                   VisibleAmong(discussions, call, "communities", request.communities()));
  GUILDHALL_ASSIGN(const auto counts,
                   CountUnreadTopics(discussions.database, call.context(), visible, call.now()));
  v1::BatchGetUnreadCountsResponse response;
  for (const std::string& name : request.communities()) {
    GUILDHALL_ASSIGN(const CommunityId community, resources::ParseCommunity("communities", name));
    const auto count = counts.find(community);
    if (count == counts.end()) continue;
    v1::UnreadCount& told = *response.add_unread_counts();
    told.set_community(name);
    told.set_unread_topic_count(count->second);
  }
  return response;
}

}  // namespace guildhall::discussions
