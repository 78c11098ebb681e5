#include "libs/base/status_macros.h"
#include "libs/rpc/times.h"
#include "services/discussions/api/active_places.h"
#include "services/discussions/api/time_positions.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};

}  // namespace

absl::StatusOr<v1::ListActiveCommunitiesResponse> ListActiveCommunities(
    Discussions& discussions, const rpc::Call& call,
    const v1::ListActiveCommunitiesRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(ActivePlaces active,
                   ActiveAmongVisible(discussions, call,
                                      {.after = TimePositionOf(page),
                                       .count = page.to_fetch(),
                                       .most = kMaxActivePlaces,
                                       .wanted = ActiveQuestion::Wanted::kNotArchived}));
  v1::ListActiveCommunitiesResponse response;
  response.set_next_page_token(
      page.Cut(active.found, [](const CommunityActivity& each) { return Written(PlaceOf(each)); }));
  for (const CommunityActivity& each : active.found) {
    v1::ActiveCommunity& out = *response.add_communities();
    out.set_community(resources::Name(each.community));
    *out.mutable_active_time() = rpc::ToProto(each.active_time);
  }
  return response;
}

}  // namespace guildhall::discussions
