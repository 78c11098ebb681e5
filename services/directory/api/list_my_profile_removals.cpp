#include "libs/base/status_macros.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/moderating.h"

namespace guildhall::directory {

absl::StatusOr<v1::ListMyProfileRemovalsResponse> ListMyProfileRemovals(
    Directory& directory, const rpc::Call& call, const v1::ListMyProfileRemovalsRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kProfileRemovalPage));
  GUILDHALL_ASSIGN(const ProfileRemovalPage read,
                   ReadProfileRemovals(directory, call, page, call.grant().member()));
  v1::ListMyProfileRemovalsResponse response;
  response.set_next_page_token(read.next_page_token);
  for (const ProfileRemoval& removal : read.removals) {
    v1::ProfileRemoval& told = *response.add_removals();
    told = ToProto(removal);
    told.clear_remover();
  }
  return response;
}

}  // namespace guildhall::directory
