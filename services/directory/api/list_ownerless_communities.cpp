#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "libs/rpc/page.h"
#include "services/directory/api/directory.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/ownerless.h"

namespace guildhall::directory {
namespace {

std::string PositionOf(const OwnerlessCommunity& community) {
  return resources::PositionWriter().Time(community.create_time).Id(community.id.uuid()).Take();
}

OwnerlessCommunity PositionFrom(const rpc::Page& page) {
  OwnerlessCommunity position;
  if (page.first()) return position;
  resources::PositionReader reader = page.position();
  position.create_time = reader.Time();
  position.id = CommunityId(reader.Id());
  return position;
}

}  // namespace

absl::StatusOr<v1::ListOwnerlessCommunitiesResponse> ListOwnerlessCommunities(
    Directory& directory, const rpc::Call& call,
    const v1::ListOwnerlessCommunitiesRequest& request) {
  constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(std::vector<OwnerlessCommunity> communities,
                   FindOwnerlessCommunities(directory.database, call.context(), call.grant(),
                                            PositionFrom(page), page.to_fetch()));
  v1::ListOwnerlessCommunitiesResponse response;
  response.set_next_page_token(page.Cut(communities, PositionOf));
  for (const OwnerlessCommunity& each : communities) {
    response.add_communities(resources::Name(each.id));
  }
  return response;
}

}  // namespace guildhall::directory
