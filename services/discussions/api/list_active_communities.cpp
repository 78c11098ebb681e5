#include <vector>

#include "libs/base/status_macros.h"
#include "libs/rpc/times.h"
#include "services/discussions/api/active_places.h"
#include "services/discussions/api/time_positions.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};

// Whether the community is archived, itself or from above. There is no question for that alone, so
// joining is asked: whoever may read there is refused it with COMMUNITY_ARCHIVED in that case
// alone. A token that only reads would be refused first, so the caller is taken as a session. No
// further facts are loaded.
absl::StatusOr<bool> IsArchived(Discussions& discussions, const rpc::Call& call,
                                CommunityId community) {
  const access::Demand demand{.permission = access::Permission::kCommunityJoin,
                              .community = community};
  access::Caller caller = call.caller();
  caller.scope = access::Scope::kSession;
  const absl::Status joins =
      discussions.authorizer.AuthorizeAndWait(demand, caller, call.deadline()).status();
  if (joins.code() == absl::StatusCode::kUnavailable ||
      joins.code() == absl::StatusCode::kDeadlineExceeded) {
    return joins;
  }
  return joins == access::CommunityArchived();
}

}  // namespace

absl::StatusOr<v1::ListActiveCommunitiesResponse> ListActiveCommunities(
    Discussions& discussions, const rpc::Call& call,
    const v1::ListActiveCommunitiesRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  const auto is_in_use = [&](CommunityId community) -> absl::StatusOr<bool> {
    GUILDHALL_ASSIGN(const bool archived, IsArchived(discussions, call, community));
    return !archived;
  };
  GUILDHALL_ASSIGN(ActivePlaces active, ActiveAmongVisible(discussions, call,
                                                           {.after = TimePositionOf(page),
                                                            .count = page.to_fetch(),
                                                            .most = kMaxActivePlaces,
                                                            .wanted = is_in_use}));
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
