#pragma once

#include <cstdint>

#include "absl/time/time.h"
#include "services/gateway/domain/rate_limiter.h"

namespace guildhall::gateway {

// Decides which traces are sampled: their statements carry the trace into PostgreSQL's views and
// log, unprepared and therefore at about twice the cost.
//
// So the client's flag is a wish and no command: `wishes_per_second` of all clients together are
// granted, as many at once. Of all other calls `ratio` (0 to 1) are sampled, by chance that no
// client has a hand in.
class Sampler {
 public:
  Sampler(double ratio, int wishes_per_second);

  // `chance` is a random number that the client does not know; `now` is monotonic.
  bool Decide(bool wished, std::uint32_t chance, absl::Duration now);

 private:
  const double ratio_;
  const bool grants_;
  RateLimiter wishes_;
};

}  // namespace guildhall::gateway
