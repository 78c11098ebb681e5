#include "services/discussions/api/discussions.h"
#include "services/discussions/api/polling.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Poll> GetPoll(Discussions& discussions, const rpc::Call& call,
                                 const v1::GetPollRequest& request) {
  GUILDHALL_ASSIGN(const TopicId id, resources::ParseTopic("topic", request.topic()));
  GUILDHALL_ASSIGN(const std::optional<SeenPoll> seen,
                   GetPoll(discussions.database, call.context(), call.grant(), id));
  if (!seen) return access::NotFound();
  return ToProto(*seen, call.now());
}

}  // namespace guildhall::discussions
