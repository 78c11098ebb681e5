#include "libs/base/status_macros.h"
#include "libs/rpc/times.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/store/read_state_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::MarkCommunitiesReadResponse> MarkCommunitiesRead(
    Discussions& discussions, const rpc::Call& call,
    const v1::MarkCommunitiesReadRequest& request) {
  std::optional<absl::Time> asked;
  if (request.has_read_time()) {
    GUILDHALL_ASSIGN(asked, rpc::TimeFrom("read_time", request.read_time()));
  }
  GUILDHALL_ASSIGN(const auto visible,
                   VisibleAmong(discussions, call, "communities", request.communities()));
  GUILDHALL_TRY(MarkCommunitiesRead(discussions.database, call.context(), visible,
                                    MarkTime(asked, call.now())));
  return v1::MarkCommunitiesReadResponse();
}

}  // namespace guildhall::discussions
