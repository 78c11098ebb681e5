#pragma once

#include "absl/time/time.h"

namespace guildhall {

// Where time comes from. Time is an input: nothing else in Guildhall asks the machine for it.
class Clock {
 public:
  virtual ~Clock() = default;

  // Wall-clock time, for what people see and what is stored. It may jump.
  virtual absl::Time Now() const = 0;

  // Time since an arbitrary start that never jumps back, for leases, deadlines and throttles.
  virtual absl::Duration Monotonic() const = 0;
};

// The machine's clock. Thread-safe, lives for ever.
const Clock& SystemClock();

}  // namespace guildhall
