#include "libs/base/status_macros.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/store/places.h"
#include "services/discussions/store/reaction_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::BatchGetReactionsResponse> BatchGetReactions(
    Discussions& discussions, const rpc::Call& call, const v1::BatchGetReactionsRequest& request) {
  GUILDHALL_ASSIGN(const std::vector<resources::PostRef> posts, PostsOf("posts", request.posts()));
  GUILDHALL_ASSIGN(const Places places, GetPostPlaces(discussions.database, call.context(), posts));
  GUILDHALL_ASSIGN(const auto visible, VisibleAmong(discussions, call, places));
  GUILDHALL_ASSIGN(const auto own,
                   GetOwnReactions(discussions.database, call.context(), visible, posts));
  v1::BatchGetReactionsResponse response;
  for (std::size_t i = 0; i < posts.size(); ++i) {
    const auto found = own.find(*posts[i].post);
    if (found == own.end()) continue;
    v1::OwnReactions& reactions = *response.add_reactions();
    reactions.set_post(request.posts(static_cast<int>(i)));
    for (const ReactionKind kind : found->second) {
      reactions.add_kinds(static_cast<v1::ReactionKind>(kind));
    }
  }
  return response;
}

}  // namespace guildhall::discussions
