#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/post_pages.h"
#include "services/discussions/store/removal_store.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};

}  // namespace

absl::StatusOr<v1::ListRemovedPostsResponse> ListRemovedPosts(
    Discussions& discussions, const rpc::Call& call, const v1::ListRemovedPostsRequest& request) {
  GUILDHALL_ASSIGN(const TopicId topic, resources::ParseTopic("parent", request.parent()));
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  const int first = page.first() ? 1 : static_cast<int>(page.position().Number());
  GUILDHALL_ASSIGN(const std::vector<Post> posts,
                   ListRemovedPosts(discussions.database, call.context(), call.grant(), topic,
                                    first, page.to_fetch()));
  // A topic that was removed has a first post, and each page begins with one that is there.
  if (posts.empty()) return access::NotFound();
  return PageOfPosts<v1::ListRemovedPostsResponse>(page, posts);
}

}  // namespace guildhall::discussions
