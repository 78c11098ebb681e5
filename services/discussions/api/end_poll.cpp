#include "services/discussions/api/discussions.h"
#include "services/discussions/api/polling.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Poll> EndPoll(Discussions& discussions, const rpc::Call& call,
                                 const v1::EndPollRequest& request) {
  return EndPollOnce(discussions, call, request.topic(), request.request_id());
}

}  // namespace guildhall::discussions
