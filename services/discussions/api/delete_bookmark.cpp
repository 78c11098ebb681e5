#include "libs/base/status_macros.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"

namespace guildhall::discussions {

absl::StatusOr<v1::DeleteBookmarkResponse> DeleteBookmark(
    Discussions& discussions, const rpc::Call& call, const v1::DeleteBookmarkRequest& request) {
  GUILDHALL_ASSIGN(const resources::PostRef post, PostById("post", request.post()));
  GUILDHALL_TRY(DeleteBookmark(discussions.database, call.context(), call.grant(), *post.post));
  return v1::DeleteBookmarkResponse();
}

}  // namespace guildhall::discussions
