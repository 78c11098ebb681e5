#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "absl/time/time.h"

namespace guildhall::telemetry {

// Bounds how often the same thing is said. Not thread-safe.
//
// A fixed table: two things that share a slot push each other out, which lets a few more lines
// through than the limit and never fewer.
class Duplicates {
 public:
  static constexpr std::int64_t kLines = 20;
  static constexpr absl::Duration kWindow = absl::Seconds(10);

  // Whether a line about `what` (a hash) may be written at `now` (monotonic); if so, how many
  // before it were not.
  std::optional<std::int64_t> Admit(std::uint64_t what, absl::Duration now);

 private:
  struct Slot {
    std::uint64_t what = 0;
    absl::Duration since = -absl::InfiniteDuration();
    std::int64_t written = 0;
    std::int64_t suppressed = 0;
  };
  std::array<Slot, 512> slots_;
};

}  // namespace guildhall::telemetry
