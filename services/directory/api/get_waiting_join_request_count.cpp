#include "libs/base/status_macros.h"
#include "services/directory/api/directory.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/proposal_store.h"

namespace guildhall::directory {

absl::StatusOr<v1::GetWaitingJoinRequestCountResponse> GetWaitingJoinRequestCount(
    Directory& directory, const rpc::Call& call, const v1::GetWaitingJoinRequestCountRequest&) {
  GUILDHALL_ASSIGN(const int counted,
                   CountWaitingRequests(directory.database, call.context(), call.grant().viewer(),
                                        kMaxCountedRequests));
  v1::GetWaitingJoinRequestCountResponse response;
  response.set_count(counted);
  return response;
}

}  // namespace guildhall::directory
