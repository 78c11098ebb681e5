#include <set>

#include "libs/base/status_macros.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/api/time_positions.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};

std::string PositionOf(const Bookmark& bookmark) {
  return Written({bookmark.create_time, bookmark.post.uuid()});
}

}  // namespace

absl::StatusOr<v1::ListBookmarksResponse> ListBookmarks(Discussions& discussions,
                                                        const rpc::Call& call,
                                                        const v1::ListBookmarksRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(std::vector<Bookmark> bookmarks,
                   ListBookmarks(discussions.database, call.context(), call.grant(),
                                 TimePositionOf(page), page.to_fetch()));
  v1::ListBookmarksResponse response;
  response.set_next_page_token(page.Cut(bookmarks, PositionOf));
  std::set<CommunityId> communities;
  for (const Bookmark& each : bookmarks) {
    if (each.community) communities.insert(*each.community);
  }
  GUILDHALL_ASSIGN(const auto visible, VisibleAmong(discussions, call, communities));
  for (const Bookmark& each : bookmarks) {
    if (each.community && visible.contains(*each.community)) {
      *response.add_bookmarks() = ToProto(each);
    }
  }
  return response;
}

}  // namespace guildhall::discussions
