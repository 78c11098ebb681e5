#include "libs/base/status_macros.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/moderating.h"

namespace guildhall::directory {

absl::StatusOr<v1::ListProfileRemovalsResponse> ListProfileRemovals(
    Directory& directory, const rpc::Call& call, const v1::ListProfileRemovalsRequest& request) {
  GUILDHALL_ASSIGN(const MemberId member, MemberFrom("parent", request.parent(), call.grant()));
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kProfileRemovalPage));
  GUILDHALL_ASSIGN(const ProfileRemovalPage read,
                   ReadProfileRemovals(directory, call, page, member));
  v1::ListProfileRemovalsResponse response;
  response.set_next_page_token(read.next_page_token);
  for (const ProfileRemoval& removal : read.removals) *response.add_removals() = ToProto(removal);
  return response;
}

}  // namespace guildhall::directory
