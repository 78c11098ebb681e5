#pragma once

#include <mutex>

#include "libs/base/clock.h"

namespace guildhall::testing {

// Time that stands still until the test moves it. Thread-safe.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(absl::Time now = absl::FromUnixSeconds(1'750'000'000)) : now_(now) {}

  absl::Time Now() const override {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  absl::Duration Monotonic() const override {
    const std::lock_guard lock(mutex_);
    return monotonic_;
  }

  // Both clocks go on by `by`.
  void Advance(absl::Duration by) {
    const std::lock_guard lock(mutex_);
    now_ += by;
    monotonic_ += by;
  }

  // The wall clock jumps, as machines' clocks do; monotonic time does not.
  void SetWallClock(absl::Time now) {
    const std::lock_guard lock(mutex_);
    now_ = now;
  }

 private:
  mutable std::mutex mutex_;
  absl::Time now_;
  absl::Duration monotonic_;
};

}  // namespace guildhall::testing
