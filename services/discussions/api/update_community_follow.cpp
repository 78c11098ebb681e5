#include "libs/base/status_macros.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/store/follow_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::CommunityFollow> UpdateCommunityFollow(
    Discussions& discussions, const rpc::Call& call,
    const v1::UpdateCommunityFollowRequest& request) {
  const v1::CommunityFollow& asked = request.community_follow();
  GUILDHALL_ASSIGN(const auto level, FollowLevelFrom("community_follow.level", asked.level()));
  GUILDHALL_TRY(SetCommunityFollow(discussions.database, call.context(), call.grant(), level));
  return asked;
}

}  // namespace guildhall::discussions
