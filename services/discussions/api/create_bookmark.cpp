#include "libs/base/status_macros.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Bookmark> CreateBookmark(Discussions& discussions, const rpc::Call& call,
                                            const v1::CreateBookmarkRequest& request) {
  GUILDHALL_ASSIGN(const resources::PostRef post,
                   PostById("bookmark.post", request.bookmark().post()));
  GUILDHALL_ASSIGN(const auto bookmark, InsertBookmark(discussions.database, call.context(),
                                                       call.grant(), post, call.now()));
  if (!bookmark) return access::NotFound();
  return ToProto(*bookmark);
}

}  // namespace guildhall::discussions
