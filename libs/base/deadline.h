#pragma once

#include <algorithm>

#include "absl/time/time.h"
#include "libs/base/clock.h"

namespace guildhall {

// When a call stops being worth an answer, on the monotonic clock, so that a jump of the wall clock
// neither kills nor prolongs a call.
class Deadline {
 public:
  // Never. For work that nobody waits for.
  Deadline() : at_(absl::InfiniteDuration()) {}

  static Deadline After(absl::Duration wait) { return Deadline(SystemClock().Monotonic() + wait); }

  // The earlier of this one and `wait` from now.
  Deadline AtMost(absl::Duration wait) const { return std::min(*this, After(wait)); }

  // Never negative; infinite when there is no deadline.
  absl::Duration Remaining() const {
    return std::max(at_ - SystemClock().Monotonic(), absl::ZeroDuration());
  }
  bool Passed() const { return Remaining() == absl::ZeroDuration(); }

  bool operator<(const Deadline& other) const { return at_ < other.at_; }

 private:
  explicit Deadline(absl::Duration at) : at_(at) {}
  absl::Duration at_;
};

}  // namespace guildhall
