#include "libs/base/status_macros.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/store/flag_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::BatchGetReviewCountsResponse> BatchGetReviewCounts(
    Discussions& discussions, const rpc::Call& call,
    const v1::BatchGetReviewCountsRequest& request) {
  GUILDHALL_ASSIGN(const auto kept,
                   ModeratedAmong(discussions, call, "communities", request.communities()));
  GUILDHALL_ASSIGN(const auto counts, CountReviews(discussions.database, call.context(), kept));
  v1::BatchGetReviewCountsResponse response;
  for (const std::string& name : request.communities()) {
    GUILDHALL_ASSIGN(const CommunityId community, resources::ParseCommunity("communities", name));
    const auto count = counts.find(community);
    if (count == counts.end()) continue;
    v1::ReviewCount& told = *response.add_review_counts();
    told.set_community(name);
    told.set_review_count(count->second);
  }
  return response;
}

}  // namespace guildhall::discussions
