#include <algorithm>

#include "libs/base/status_macros.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"

namespace guildhall::discussions {

absl::StatusOr<v1::BatchGetBookmarksResponse> BatchGetBookmarks(
    Discussions& discussions, const rpc::Call& call, const v1::BatchGetBookmarksRequest& request) {
  GUILDHALL_ASSIGN(const std::vector<resources::PostRef> posts, PostsOf("posts", request.posts()));
  GUILDHALL_ASSIGN(const Places places, GetPostPlaces(discussions.database, call.context(), posts));
  GUILDHALL_ASSIGN(const auto visible, VisibleAmong(discussions, call, places));
  GUILDHALL_ASSIGN(const std::vector<Bookmark> bookmarks,
                   GetBookmarks(discussions.database, call.context(), visible, posts));
  v1::BatchGetBookmarksResponse response;
  for (const resources::PostRef& post : posts) {
    const auto found = std::ranges::find(bookmarks, *post.post, &Bookmark::post);
    if (found != bookmarks.end() && found->topic == post.topic) {
      *response.add_bookmarks() = ToProto(*found);
    }
  }
  return response;
}

}  // namespace guildhall::discussions
