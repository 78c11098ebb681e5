#include <set>

#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/store/follow_store.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};

}  // namespace

absl::StatusOr<v1::ListFollowedCommunitiesResponse> ListFollowedCommunities(
    Discussions& discussions, const rpc::Call& call,
    const v1::ListFollowedCommunitiesRequest& request) {
  GUILDHALL_ASSIGN(const auto level, FollowLevelFrom("level", request.level()));
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  const CommunityId after = page.first() ? CommunityId() : CommunityId(page.position().Id());
  GUILDHALL_ASSIGN(std::vector<FollowedCommunity> followed,
                   ListFollowedCommunities(discussions.database, call.context(), call.grant(),
                                           level, after, page.to_fetch()));
  v1::ListFollowedCommunitiesResponse response;
  response.set_next_page_token(page.Cut(followed, [](const FollowedCommunity& each) {
    return resources::PositionWriter().Id(each.community.uuid()).Take();
  }));
  std::set<CommunityId> communities;
  for (const FollowedCommunity& each : followed) communities.insert(each.community);
  GUILDHALL_ASSIGN(const auto visible, VisibleAmong(discussions, call, communities));
  for (const FollowedCommunity& each : followed) {
    if (!visible.contains(each.community)) continue;
    v1::CommunityFollow& follow = *response.add_community_follows();
    follow.set_community(resources::Name(each.community));
    follow.set_level(static_cast<v1::FollowLevel>(each.level));
  }
  return response;
}

}  // namespace guildhall::discussions
