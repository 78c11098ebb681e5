#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"

namespace guildhall::directory {

// What a community is for and how it works. As made here: nobody has written it.
struct Charter {
  std::string purpose;
  std::optional<MemberId> sponsor;
  std::string cadence;
  std::string welcome;
  // When it is to be looked at again.
  std::optional<absl::Time> review_time;
  std::int64_t version = 0;
};

// Brings the texts into the form in which they are kept. Fails with: FIELD_INVALID.
absl::Status TidyCharter(Charter& charter);

// Whether the charter should have been looked at again.
bool IsReviewOverdue(const Charter& charter, absl::Time now);

}  // namespace guildhall::directory
