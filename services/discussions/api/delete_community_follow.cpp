#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/store/follow_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::DeleteCommunityFollowResponse> DeleteCommunityFollow(
    Discussions& discussions, const rpc::Call& call,
    const v1::DeleteCommunityFollowRequest& request) {
  GUILDHALL_ASSIGN(const CommunityId community,
                   resources::ParseCommunity("community", request.community()));
  GUILDHALL_TRY(
      ForgetCommunityFollow(discussions.database, call.context(), call.grant(), community));
  return v1::DeleteCommunityFollowResponse();
}

}  // namespace guildhall::discussions
