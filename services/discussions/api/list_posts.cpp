#include <algorithm>

#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/post_pages.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};

// Which page is asked for. The list of a topic's posts is one list wherever somebody begins to
// read it, so its tokens do not depend on from_number.
absl::StatusOr<rpc::Page> PageOf(Discussions& discussions, const rpc::Call& call,
                                 const v1::ListPostsRequest& request) {
  if (request.from_number() < 0) return WrongField("from_number", "is 0 or more");
  if (request.reply_to_number() < 0) return WrongField("reply_to_number", "is 0 or more");
  if (request.from_number() > 0 && !request.page_token().empty()) {
    return WrongField("from_number", "is not set together with page_token");
  }
  v1::ListPostsRequest list = request;
  list.clear_from_number();
  return rpc::Page::OfSharedList(discussions.page_tokens, call, list, kPageSize);
}

int FirstNumber(const rpc::Page& page, const v1::ListPostsRequest& request) {
  if (page.first()) return std::max(request.from_number(), 1);
  return static_cast<int>(page.position().Number());
}

absl::StatusOr<std::vector<Post>> Fetch(Discussions& discussions, const rpc::Call& call,
                                        TopicId topic, const rpc::Page& page,
                                        const v1::ListPostsRequest& request) {
  const int first = FirstNumber(page, request);
  if (request.reply_to_number() == 0) {
    return discussions.posts.List(call.context(), call.grant(), topic, first, page.to_fetch(),
                                  kMaxPageBytes);
  }
  return discussions.posts.ListReplies(call.context(), call.grant(), topic,
                                       request.reply_to_number(), first, page.to_fetch(),
                                       kMaxPageBytes);
}

// OK when the topic is still there: then there is just nothing from the first number on.
absl::Status CheckThere(Discussions& discussions, const rpc::Call& call, TopicId id) {
  GUILDHALL_ASSIGN(const auto topics, GetTopics(discussions.database, call.context(), {&id, 1}));
  const bool there = topics[0] && topics[0]->community == call.grant().community();
  return there ? absl::OkStatus() : access::NotFound();
}

}  // namespace

absl::StatusOr<v1::ListPostsResponse> ListPosts(Discussions& discussions, const rpc::Call& call,
                                                const v1::ListPostsRequest& request) {
  GUILDHALL_ASSIGN(const TopicId topic, resources::ParseTopic("parent", request.parent()));
  GUILDHALL_ASSIGN(const rpc::Page page, PageOf(discussions, call, request));
  GUILDHALL_ASSIGN(const std::vector<Post> posts, Fetch(discussions, call, topic, page, request));
  if (posts.empty()) GUILDHALL_TRY(CheckThere(discussions, call, topic));
  return PageOfPosts<v1::ListPostsResponse>(page, posts);
}

std::optional<cache::Subject> SubjectOf(const v1::ListPostsRequest& request) {
  const auto topic = resources::ParseTopic("parent", request.parent());
  const std::optional<int> size = rpc::Page::SizeOfFirst(request, kPageSize);
  if (!topic.ok() || !size || request.from_number() < 0 || request.reply_to_number() != 0) {
    return std::nullopt;
  }
  const auto from = static_cast<std::uint64_t>(request.from_number());
  return cache::Subject{
      .key = {.id = topic->uuid(), .parameters = from << 32 | static_cast<std::uint32_t>(*size)},
      .tags = {topic->uuid()}};
}

}  // namespace guildhall::discussions
