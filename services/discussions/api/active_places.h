#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/store/activity_store.h"
#include "services/discussions/store/time_position.h"

namespace guildhall::discussions {

TimePosition PlaceOf(const CommunityActivity& activity);

// What is looked for among communities.
struct ActiveQuestion {
  TimePosition after;
  // How many are found, and how many are looked at for them.
  int count = 0;
  int most = 0;
  // Of those in which the caller may read.
  enum class Wanted { kAll, kNotArchived } wanted = Wanted::kAll;
};

struct ActivePlaces {
  std::vector<CommunityActivity> found;
  // There are no more to look at.
  bool all = false;
};

// Communities in which the caller may read, and that are wanted, those first in which something was
// written last. What the caller may not read is passed over, and is not where a list ends: so
// nobody learns how much of it there is. Looks at 200 with each statement, which ask for as many
// facts. Fails as facts do.
absl::StatusOr<ActivePlaces> ActiveAmongVisible(Discussions& discussions, const rpc::Call& call,
                                                const ActiveQuestion& question);

}  // namespace guildhall::discussions
