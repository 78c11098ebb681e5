#include "services/discussions/api/discussions.h"
#include "services/discussions/api/polling.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Poll> UpdatePoll(Discussions& discussions, const rpc::Call& call,
                                    const v1::UpdatePollRequest& request) {
  return SetPollOnce(discussions, call, request, &CheckOwnOpening);
}

}  // namespace guildhall::discussions
