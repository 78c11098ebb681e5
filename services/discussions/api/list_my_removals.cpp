#include <set>

#include "libs/base/status_macros.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/removal_pages.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/store/removal_store.h"

namespace guildhall::discussions {
namespace {

// The topic or post that a request names.
absl::StatusOr<Uuid> ResourceOf(const v1::ListMyRemovalsRequest& request) {
  const auto topic = resources::ParseTopic("resource", request.resource());
  if (topic.ok()) return topic->uuid();
  GUILDHALL_ASSIGN(const resources::PostRef post, PostById("resource", request.resource()));
  return post.post->uuid();
}

absl::StatusOr<std::vector<Removal>> RemovalsOf(Discussions& discussions, const rpc::Call& call,
                                                const v1::ListMyRemovalsRequest& request,
                                                const rpc::Page& page) {
  if (request.resource().empty()) {
    return ListOwnRemovals(discussions.database, call.context(), call.grant(), TimePositionOf(page),
                           page.to_fetch());
  }
  GUILDHALL_ASSIGN(const Uuid resource, ResourceOf(request));
  return ListOwnRemovalsOf(discussions.database, call.context(), call.grant(), resource,
                           TimePositionOf(page), page.to_fetch());
}

}  // namespace

absl::StatusOr<v1::ListMyRemovalsResponse> ListMyRemovals(
    Discussions& discussions, const rpc::Call& call, const v1::ListMyRemovalsRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kRemovalsPage));
  GUILDHALL_ASSIGN(std::vector<Removal> removals, RemovalsOf(discussions, call, request, page));
  v1::ListMyRemovalsResponse response;
  response.set_next_page_token(page.Cut(removals, PositionOf));
  std::set<CommunityId> communities;
  for (const Removal& removal : removals) communities.insert(removal.community);
  GUILDHALL_ASSIGN(const auto visible, VisibleAmong(discussions, call, communities));
  for (const Removal& removal : removals) {
    if (!visible.contains(removal.community)) continue;
    v1::Removal& told = *response.add_removals() = ToProto(removal);
    told.clear_remover();
    told.clear_restorer();
  }
  return response;
}

}  // namespace guildhall::discussions
