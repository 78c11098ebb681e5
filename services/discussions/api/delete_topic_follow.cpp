#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/store/follow_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::DeleteTopicFollowResponse> DeleteTopicFollow(
    Discussions& discussions, const rpc::Call& call, const v1::DeleteTopicFollowRequest& request) {
  GUILDHALL_ASSIGN(const TopicId topic, resources::ParseTopic("topic", request.topic()));
  GUILDHALL_TRY(ForgetTopicFollow(discussions.database, call.context(), call.grant(), topic));
  return v1::DeleteTopicFollowResponse();
}

}  // namespace guildhall::discussions
