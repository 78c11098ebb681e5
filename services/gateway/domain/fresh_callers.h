#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/time/time.h"

namespace guildhall::gateway {

// Who must be answered with what is true now. Replies that services keep may be a second old
// (libs/cache), so for a second somebody reads past them: after a write of one's own, which other
// processes learn of within that time, and after a live stream told what is to be loaded, since
// what happened before is told to nobody any more.
//
// One place for many callers: whoever shares it reads past what is kept, too, which is slower by a
// read and nothing else. 512 KiB. On the loop.
class FreshCallers {
 public:
  static constexpr absl::Duration kLast = absl::Seconds(1);

  // `caller` is a hash; times are monotonic.
  void Mark(std::uint64_t caller, absl::Duration now) { until_[PlaceOf(caller)] = now + kLast; }
  bool Has(std::uint64_t caller, absl::Duration now) const { return now < until_[PlaceOf(caller)]; }

 private:
  static constexpr std::size_t kPlaces = 1 << 15;
  static std::size_t PlaceOf(std::uint64_t caller) { return caller % kPlaces; }

  std::vector<absl::Duration> until_ = std::vector<absl::Duration>(kPlaces);
};

}  // namespace guildhall::gateway
