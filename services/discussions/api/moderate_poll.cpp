#include "services/discussions/api/discussions.h"
#include "services/discussions/api/polling.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Poll> ModeratePoll(Discussions& discussions, const rpc::Call& call,
                                      const v1::ModeratePollRequest& request) {
  return SetPollOnce(discussions, call, request, &CheckOpening);
}

}  // namespace guildhall::discussions
