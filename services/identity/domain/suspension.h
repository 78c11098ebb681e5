#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace guildhall::identity {

// Why an account is to be suspended, for administrators, and until when; nothing: until one of them
// ends it.
struct SuspensionTerms {
  std::string reason;
  std::optional<absl::Time> expire_time;
};

// Brings the reason into the form in which it is kept. Fails with: FIELD_INVALID.
absl::Status TidyTerms(SuspensionTerms& terms);

// OK when a suspension that begins now ends later, by kLongestSuspension at most, or not at all.
// Apart from TidyTerms because it depends on the time: a repeat, which may come after the end, is
// answered as the first request was. Fails with: FIELD_INVALID.
absl::Status CheckEnd(const SuspensionTerms& terms, absl::Time now);

}  // namespace guildhall::identity
