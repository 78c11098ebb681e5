#include "libs/base/status_macros.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/store/follow_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::TopicFollow> UpdateTopicFollow(Discussions& discussions, const rpc::Call& call,
                                                  const v1::UpdateTopicFollowRequest& request) {
  const v1::TopicFollow& asked = request.topic_follow();
  GUILDHALL_ASSIGN(const TopicId topic, resources::ParseTopic("topic_follow.topic", asked.topic()));
  GUILDHALL_ASSIGN(const auto level, FollowLevelFrom("topic_follow.level", asked.level()));
  GUILDHALL_ASSIGN(const bool stands, SetTopicFollow(discussions.database, call.context(),
                                                     call.grant(), topic, level, call.now()));
  if (!stands) return access::NotFound();
  return asked;
}

}  // namespace guildhall::discussions
