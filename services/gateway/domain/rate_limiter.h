#pragma once

#include <cstdint>
#include <vector>

#include "absl/time/time.h"

namespace guildhall::gateway {

// How often one caller may call.
struct Rate {
  double per_second = 0;  // in the long run; 0 is no limit
  int burst = 0;          // at once, after a pause
};

// Token buckets for many callers in a fixed amount of memory (16 bytes each).
//
// A bucket is one number, the time at which it will be full again (the generic cell rate
// algorithm), and a full one need not be stored. When more callers are busy at once than there is
// room for, the least busy ones among neighbours start anew with a full bucket: an attacker with
// many addresses gains a burst, nobody is refused for it. Cost: O(1), one or two cache lines.
class RateLimiter {
 public:
  // Room for `callers` (rounded up to a power of two). Everything of one rate.
  RateLimiter(Rate rate, int callers);

  struct Verdict {
    bool admitted = true;
    std::int64_t remaining = 0;  // calls that would be admitted now
    absl::Duration full_after;   // until the whole burst is there again
    absl::Duration retry_after;  // when not admitted: until one call would be
  };

  // Takes a token of `caller` (a hash) at `now` (monotonic).
  Verdict Take(std::uint64_t caller, absl::Duration now);

  const Rate& rate() const { return rate_; }

 private:
  struct Bucket {
    std::uint64_t caller = 0;
    std::int64_t full_at_ns = 0;
  };
  Bucket& BucketOf(std::uint64_t caller, std::int64_t now_ns);

  Rate rate_;
  std::int64_t interval_ns_ = 0;  // that a token takes to come back
  std::vector<Bucket> buckets_;
};

}  // namespace guildhall::gateway
