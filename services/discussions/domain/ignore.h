#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"

namespace guildhall::discussions {

// That a member ignores another: it does not want to hear of what that one begins.
struct Ignore {
  MemberId member;
  absl::Time create_time;
};

// OK when a member may ignore this one. Fails with: FIELD_INVALID on `field` (itself).
absl::Status CheckIgnored(std::string_view field, MemberId who, MemberId ignored);

// The refusal of one more than a member may ignore. Fails with: TOO_MANY_IGNORES.
absl::Status TooManyIgnores();

}  // namespace guildhall::discussions
