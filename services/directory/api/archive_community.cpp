#include "services/directory/api/archiving.h"

namespace guildhall::directory {

absl::StatusOr<v1::Community> ArchiveCommunity(Directory& directory, const rpc::Call& call,
                                               const v1::ArchiveCommunityRequest& request) {
  return Mark(directory, call, request.request_id(), call.now());
}

}  // namespace guildhall::directory
