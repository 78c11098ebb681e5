#pragma once

#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/store/activity_store.h"
#include "services/discussions/store/time_position.h"

namespace guildhall::discussions {

TimePosition PlaceOf(const CommunityActivity& activity);

// Up to `count` communities in which the caller may read, and that are `wanted`, those first in
// which something was written last, after a place. What the caller may not read is passed over, and
// is not where a list ends: so nobody learns how much of it there is. Looks at kMaxActivePlaces at
// most, 200 with each statement. Fails as facts do.
absl::StatusOr<std::vector<CommunityActivity>> ActiveAmongVisible(
    Discussions& discussions, const rpc::Call& call, TimePosition after, int count,
    absl::FunctionRef<absl::StatusOr<bool>(CommunityId)> wanted);

}  // namespace guildhall::discussions
