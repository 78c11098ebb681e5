#include <set>
#include <vector>

#include "libs/base/status_macros.h"
#include "libs/rpc/times.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/api/time_positions.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/activity_store.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};
// Rows of a statement: as many facts are asked for at once.
constexpr int kBatch = 200;

TimePosition PlaceOf(const CommunityActivity& activity) {
  return {activity.active_time, activity.community.uuid()};
}

// Whether the community rests. Joining does so where it is archived, itself or from above, and for
// no other reason, and whoever reads there would be let in; so the refusal of a session tells, with
// whatever secret the caller came. Its facts are known from the decision about reading.
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

// Those of a batch that the caller may read, and that are not archived.
absl::StatusOr<std::vector<CommunityActivity>> Shown(Discussions& discussions,
                                                     const rpc::Call& call,
                                                     const std::vector<CommunityActivity>& batch) {
  std::set<CommunityId> asked;
  for (const CommunityActivity& each : batch) asked.insert(each.community);
  GUILDHALL_ASSIGN(const auto visible, VisibleAmong(discussions, call, asked));
  std::vector<CommunityActivity> shown;
  for (const CommunityActivity& each : batch) {
    if (!visible.contains(each.community)) continue;
    GUILDHALL_ASSIGN(const bool archived, IsArchived(discussions, call, each.community));
    if (!archived) shown.push_back(each);
  }
  return shown;
}

// Enough for a page, or all that there is. What the caller may not read is passed over, and not
// where the page ends: so nobody learns how much of it there is.
absl::StatusOr<std::vector<CommunityActivity>> Fetch(Discussions& discussions,
                                                     const rpc::Call& call, TimePosition after,
                                                     int count) {
  std::vector<CommunityActivity> found;
  for (int looked_at = 0; looked_at < kMaxActivePlaces; looked_at += kBatch) {
    GUILDHALL_ASSIGN(const std::vector<CommunityActivity> batch,
                     ListActiveCommunities(discussions.database, call.context(), after, kBatch));
    GUILDHALL_ASSIGN(const std::vector<CommunityActivity> shown, Shown(discussions, call, batch));
    found.insert(found.end(), shown.begin(), shown.end());
    if (static_cast<int>(batch.size()) < kBatch || static_cast<int>(found.size()) >= count) break;
    after = PlaceOf(batch.back());
  }
  return found;
}

}  // namespace

absl::StatusOr<v1::ListActiveCommunitiesResponse> ListActiveCommunities(
    Discussions& discussions, const rpc::Call& call,
    const v1::ListActiveCommunitiesRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(std::vector<CommunityActivity> found,
                   Fetch(discussions, call, TimePositionOf(page), page.to_fetch()));
  v1::ListActiveCommunitiesResponse response;
  response.set_next_page_token(
      page.Cut(found, [](const CommunityActivity& each) { return Written(PlaceOf(each)); }));
  for (const CommunityActivity& each : found) {
    v1::ActiveCommunity& out = *response.add_communities();
    out.set_community(resources::Name(each.community));
    *out.mutable_active_time() = rpc::ToProto(each.active_time);
  }
  return response;
}

}  // namespace guildhall::discussions
