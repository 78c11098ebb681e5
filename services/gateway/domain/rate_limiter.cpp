#include "services/gateway/domain/rate_limiter.h"

#include <algorithm>
#include <bit>

namespace guildhall::gateway {
namespace {

// Buckets in which a caller may lie: two cache lines.
constexpr std::size_t kNeighbours = 8;

}  // namespace

RateLimiter::RateLimiter(Rate rate, int callers) : rate_(rate) {
  if (rate_.per_second <= 0) return;
  interval_ns_ = std::max<std::int64_t>(1, static_cast<std::int64_t>(1e9 / rate_.per_second));
  rate_.burst = std::max(rate_.burst, 1);
  buckets_.resize(std::bit_ceil(static_cast<std::size_t>(std::max(callers, 1)) + kNeighbours));
}

RateLimiter::Bucket& RateLimiter::BucketOf(std::uint64_t caller, std::int64_t now_ns) {
  const std::size_t first = caller & (buckets_.size() - 1) & ~(kNeighbours - 1);
  Bucket* fullest = &buckets_[first];
  for (std::size_t i = first; i < first + kNeighbours; ++i) {
    Bucket& bucket = buckets_[i];
    if (bucket.caller == caller) return bucket;
    if (bucket.full_at_ns < fullest->full_at_ns) fullest = &bucket;
  }
  *fullest = {caller, now_ns};
  return *fullest;
}

RateLimiter::Verdict RateLimiter::Take(std::uint64_t caller, absl::Duration now) {
  if (interval_ns_ == 0) return {};
  const std::int64_t now_ns = absl::ToInt64Nanoseconds(now);
  Bucket& bucket = BucketOf(caller, now_ns);
  const std::int64_t capacity_ns = interval_ns_ * rate_.burst;
  const std::int64_t full_at_ns = std::max(bucket.full_at_ns, now_ns) + interval_ns_;
  Verdict verdict;
  verdict.admitted = full_at_ns - now_ns <= capacity_ns;
  if (verdict.admitted) {
    bucket.full_at_ns = full_at_ns;
  } else {
    verdict.retry_after = absl::Nanoseconds(full_at_ns - now_ns - capacity_ns);
  }
  verdict.full_after = absl::Nanoseconds(bucket.full_at_ns - now_ns);
  verdict.remaining = (now_ns + capacity_ns - bucket.full_at_ns) / interval_ns_;
  return verdict;
}

}  // namespace guildhall::gateway
