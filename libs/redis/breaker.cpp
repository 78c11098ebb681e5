#include "libs/redis/breaker.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace guildhall::redis {

absl::Duration Breaker::Remaining() const {
  return std::max(closed_until_ - clock_.Monotonic(), absl::ZeroDuration());
}

void Breaker::Succeeded() {
  pause_ = kFirstPause;
  closed_until_ = -absl::InfiniteDuration();
}

void Breaker::Failed() {
  std::array<std::uint8_t, 1> chance;
  random_.Fill(chance);
  closed_until_ = clock_.Monotonic() + pause_ * (1 - chance[0] / 511.0);
  pause_ = std::min(pause_ * 2, kLongestPause);
}

}  // namespace guildhall::redis
