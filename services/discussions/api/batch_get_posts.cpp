#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/asked_posts.h"
#include "services/discussions/store/places.h"

namespace guildhall::discussions {
namespace {

absl::StatusOr<std::vector<resources::PostRef>> PostsOf(const v1::BatchGetPostsRequest& request) {
  if (request.names_size() > kMaxPostsRead) {
    return WrongField("names", absl::StrCat("takes at most ", kMaxPostsRead));
  }
  std::vector<resources::PostRef> posts;
  for (const std::string& name : request.names()) {
    GUILDHALL_ASSIGN(posts.emplace_back(), resources::ParsePost("names", name));
  }
  return posts;
}

// In which communities the topics of posts stand.
absl::StatusOr<Places> PlacesOf(Discussions& discussions, const rpc::Call& call,
                                std::span<const resources::PostRef> posts) {
  std::vector<TopicId> topics;
  for (const resources::PostRef& post : posts) topics.push_back(post.topic);
  return GetTopicPlaces(discussions.database, call.context(), topics);
}

}  // namespace

absl::StatusOr<v1::BatchGetPostsResponse> BatchGetPosts(Discussions& discussions,
                                                        const rpc::Call& call,
                                                        const v1::BatchGetPostsRequest& request) {
  GUILDHALL_ASSIGN(const std::vector<resources::PostRef> posts, PostsOf(request));
  GUILDHALL_ASSIGN(const Places places, PlacesOf(discussions, call, posts));
  GUILDHALL_ASSIGN(const auto visible, VisibleAmong(discussions, call, places));
  GUILDHALL_ASSIGN(const std::vector<AskedPost> found,
                   GetPosts(discussions.database, call.context(), visible, posts, kMaxPageBytes));
  v1::BatchGetPostsResponse response;
  std::size_t bytes = 0;
  int remaining_from = request.names_size();
  for (const AskedPost& each : found) {
    v1::Post post = ToProto(each.post);
    bytes += post.ByteSizeLong();
    if (response.posts_size() > 0 && bytes > Count(kMaxPageBytes)) {
      remaining_from = each.place;
      break;
    }
    *response.add_posts() = std::move(post);
    if (each.last) remaining_from = each.place + 1;
  }
  for (int i = remaining_from; i < request.names_size(); ++i) {
    response.add_remaining_names(request.names(i));
  }
  return response;
}

}  // namespace guildhall::discussions
