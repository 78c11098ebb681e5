#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"
#include "services/directory/domain/profile.h"

namespace guildhall::directory {

// What an administrator took out of somebody's profile, in one call.
struct ProfileRemoval {
  Uuid id;
  MemberId member;
  // Those of the profile that lost something, as the contract calls them. What stood there is kept
  // nowhere.
  std::vector<std::string> fields;
  std::string reason;
  MemberId remover;
  absl::Time create_time;
};

// Which fields of a profile lose something if `after` stands where `before` did, in the contract's
// order; none where nothing changes. A profile is its member's own, so an administrator only takes
// out: a text is emptied, a list loses entries and keeps its order, and the display name, without
// which nobody is, becomes another one. Both are in the form in which profiles are kept.
// Fails with: FIELD_INVALID on what `after` says and `before` does not.
absl::StatusOr<std::vector<std::string>> FieldsTakenOut(const Profile& before,
                                                        const Profile& after);

}  // namespace guildhall::directory
