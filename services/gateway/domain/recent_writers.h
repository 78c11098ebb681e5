#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/time/time.h"

namespace guildhall::gateway {

// Who has written within the last second. Processes of a service learn of each other's writes
// within that time (libs/cache); until then somebody who wrote reads past their caches, and so
// finds the own writes whichever process answers.
//
// One place for many callers: whoever shares it with a writer reads past the caches, too, which is
// slower by a read and nothing else. 512 KiB.
class RecentWriters {
 public:
  static constexpr absl::Duration kLately = absl::Seconds(1);

  // `caller` is a hash; times are monotonic.
  void Wrote(std::uint64_t caller, absl::Duration now) { until_[PlaceOf(caller)] = now + kLately; }
  bool WroteLately(std::uint64_t caller, absl::Duration now) const {
    return now < until_[PlaceOf(caller)];
  }

 private:
  static constexpr std::size_t kPlaces = 1 << 15;
  static std::size_t PlaceOf(std::uint64_t caller) { return caller % kPlaces; }

  std::vector<absl::Duration> until_ = std::vector<absl::Duration>(kPlaces);
};

}  // namespace guildhall::gateway
