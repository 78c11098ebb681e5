#include "services/discussions/api/discussions.h"
#include "services/discussions/api/polling.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Poll> ClosePoll(Discussions& discussions, const rpc::Call& call,
                                   const v1::ClosePollRequest& request) {
  return EndPollOnce(discussions, call, request.topic(), request.request_id());
}

}  // namespace guildhall::discussions
