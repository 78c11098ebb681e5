#include "services/discussions/api/seeing.h"

namespace guildhall::discussions {

absl::StatusOr<access::VisibleCommunities> VisibleAmong(Discussions& discussions,
                                                        const rpc::Call& call,
                                                        const std::set<CommunityId>& communities) {
  const std::vector<CommunityId> asked(communities.begin(), communities.end());
  return discussions.authorizer.VisibleAmong(access::Permission::kContentRead, call.caller(), asked,
                                             call.deadline());
}

absl::StatusOr<access::VisibleCommunities> VisibleAmong(Discussions& discussions,
                                                        const rpc::Call& call,
                                                        const Places& places) {
  std::set<CommunityId> communities;
  for (const std::optional<Place>& place : places) {
    if (place) communities.insert(place->community);
  }
  return VisibleAmong(discussions, call, communities);
}

}  // namespace guildhall::discussions
