#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "libs/rpc/page.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/positions.h"

namespace guildhall::directory {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};

absl::StatusOr<CommunityFilter> FilterFrom(const v1::ListCommunitiesRequest& request) {
  CommunityFilter filter;
  if (!request.parent().empty()) {
    GUILDHALL_ASSIGN(filter.parent, resources::ParseCommunity("parent", request.parent()));
  }
  if (request.kind() != v1::COMMUNITY_KIND_UNSPECIFIED) {
    GUILDHALL_ASSIGN(filter.kind, KindFrom("kind", request.kind()));
  }
  if (request.show_archived()) filter.archived = Archived::kShown;
  return filter;
}

}  // namespace

absl::StatusOr<v1::ListCommunitiesResponse> ListCommunities(
    Directory& directory, const rpc::Call& call, const v1::ListCommunitiesRequest& request) {
  GUILDHALL_ASSIGN(const CommunityFilter filter, FilterFrom(request));
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(std::vector<Community> communities,
                   directory.communities.List(call.context(), call.grant().viewer(), filter,
                                              NamePositionOf(page), page.to_fetch()));
  v1::ListCommunitiesResponse response;
  response.set_next_page_token(page.Cut(communities, PositionOf));
  for (const Community& community : communities) {
    *response.add_communities() = ToProto(community);
  }
  return response;
}

}  // namespace guildhall::directory
