#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

std::string PositionOf(const MyCommunity& mine) {
  return resources::PositionWriter()
      .Text(mine.community.profile.display_name)
      .Id(mine.community.id.uuid())
      .Take();
}

NamePosition NamePositionOf(const rpc::Page& page) {
  if (page.first()) return {};
  resources::PositionReader reader = page.position();
  NamePosition position;
  position.display_name = reader.Text();
  position.id = CommunityId(reader.Id());
  return position;
}

}  // namespace

absl::StatusOr<v1::ListMyCommunitiesResponse> ListMyCommunities(
    Directory& directory, const rpc::Call& call, const v1::ListMyCommunitiesRequest& request) {
  constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(std::vector<MyCommunity> mine,
                   directory.communities.ListMine(call.context(), call.grant().viewer(),
                                                  NamePositionOf(page), page.to_fetch()));
  v1::ListMyCommunitiesResponse response;
  response.set_next_page_token(page.Cut(mine, PositionOf));
  for (const MyCommunity& entry : mine) {
    v1::MyCommunity& out = *response.add_communities();
    *out.mutable_community() = ToProto(entry.community);
    out.set_role(ToProto(entry.role));
  }
  return response;
}

}  // namespace guildhall::directory
