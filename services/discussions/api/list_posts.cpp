#include <algorithm>

#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};

// A page ends early when it holds so much: clients of gRPC take 4 MiB unless they are told
// otherwise, and the last post may add as much again.
constexpr std::size_t kMostPageBytes = 1 << 20;

// Which page is asked for. The list of a topic's posts is one list wherever somebody begins to
// read it, so its tokens do not depend on from_number.
absl::StatusOr<rpc::Page> PageOf(Discussions& discussions, const rpc::Call& call,
                                 const v1::ListPostsRequest& request) {
  if (request.from_number() < 0) return WrongField("from_number", "is 0 or more");
  if (request.from_number() > 0 && !request.page_token().empty()) {
    return WrongField("from_number", "is not set together with page_token");
  }
  v1::ListPostsRequest list = request;
  list.clear_from_number();
  return rpc::Page::Of(discussions.page_tokens, call, list, kPageSize);
}

int FirstNumber(const rpc::Page& page, const v1::ListPostsRequest& request) {
  if (page.first()) return std::max(request.from_number(), 1);
  return static_cast<int>(page.position().Number());
}

// OK when the topic is still there: then there is just nothing from the first number on.
absl::Status CheckThere(Discussions& discussions, const rpc::Call& call, TopicId id) {
  GUILDHALL_ASSIGN(const auto topics, GetTopics(discussions.database, call.context(), {&id, 1}));
  const bool there = topics[0] && topics[0]->community == call.grant().community();
  return there ? absl::OkStatus() : access::NotFound();
}

v1::ListPostsResponse ResponseOf(const rpc::Page& page, const std::vector<Post>& fetched) {
  v1::ListPostsResponse response;
  std::size_t bytes = 0;
  for (const Post& post : fetched) {
    if (response.posts_size() == page.size() || bytes > kMostPageBytes) {
      response.set_next_page_token(
          page.Seal(resources::PositionWriter().Number(post.number).Take()));
      break;
    }
    *response.add_posts() = ToProto(post);
    bytes += response.posts().rbegin()->ByteSizeLong();
  }
  return response;
}

}  // namespace

absl::StatusOr<v1::ListPostsResponse> ListPosts(Discussions& discussions, const rpc::Call& call,
                                                const v1::ListPostsRequest& request) {
  GUILDHALL_ASSIGN(const TopicId topic, resources::ParseTopic("parent", request.parent()));
  GUILDHALL_ASSIGN(const rpc::Page page, PageOf(discussions, call, request));
  GUILDHALL_ASSIGN(const std::vector<Post> posts,
                   discussions.posts.List(call.context(), call.grant(), topic,
                                          FirstNumber(page, request), page.to_fetch()));
  if (posts.empty()) GUILDHALL_TRY(CheckThere(discussions, call, topic));
  return ResponseOf(page, posts);
}

}  // namespace guildhall::discussions
