#pragma once

#include "absl/time/time.h"
#include "libs/base/clock.h"
#include "libs/base/random.h"

namespace guildhall::redis {

// Keeps everybody from waiting for a Redis that is away: after a failure there is a pause before
// the next attempt, 50 ms at first, twice as long each time, at most 1 s, of which chance takes up
// to half away, so that processes do not come back in step. Not thread-safe.
class Breaker {
 public:
  static constexpr absl::Duration kFirstPause = absl::Milliseconds(50);
  static constexpr absl::Duration kLongestPause = absl::Seconds(1);

  explicit Breaker(const Clock& clock = SystemClock(), Random& random = SystemRandom())
      : clock_(clock), random_(random) {}

  // Zero when an attempt may be made.
  absl::Duration Remaining() const;

  void Succeeded();
  void Failed();

 private:
  const Clock& clock_;
  Random& random_;
  absl::Duration pause_ = kFirstPause;
  absl::Duration closed_until_ = -absl::InfiniteDuration();
};

}  // namespace guildhall::redis
