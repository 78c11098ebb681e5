#pragma once

#include <set>

#include "absl/status/statusor.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/store/places.h"

namespace guildhall::discussions {

// What methods share that ask about things in many communities.

// Those of the communities in which the caller may read now. Fails as facts do.
absl::StatusOr<access::VisibleCommunities> VisibleAmong(Discussions& discussions,
                                                        const rpc::Call& call,
                                                        const std::set<CommunityId>& communities);

// The same of where things stand.
absl::StatusOr<access::VisibleCommunities> VisibleAmong(Discussions& discussions,
                                                        const rpc::Call& call,
                                                        const Places& places);

}  // namespace guildhall::discussions
