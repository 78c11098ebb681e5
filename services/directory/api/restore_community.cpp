#include "services/directory/api/archiving.h"

namespace guildhall::directory {

absl::StatusOr<v1::Community> RestoreCommunity(Directory& directory, const rpc::Call& call,
                                               const v1::RestoreCommunityRequest& request) {
  return Mark(directory, call, request.request_id(), std::nullopt);
}

}  // namespace guildhall::directory
