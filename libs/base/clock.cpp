#include "libs/base/clock.h"

#include <ctime>

#include "absl/time/clock.h"

namespace guildhall {
namespace {

class TheSystemClock final : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }

  absl::Duration Monotonic() const override {
    timespec now{};
    // It goes on while the machine sleeps: a lease must not outlive its time elsewhere.
    clock_gettime(CLOCK_BOOTTIME, &now);
    return absl::DurationFromTimespec(now);
  }
};

}  // namespace

const Clock& SystemClock() {
  static const TheSystemClock clock;
  return clock;
}

}  // namespace guildhall
