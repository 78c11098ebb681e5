#include "services/gateway/domain/rate_limiter.h"

#include <catch2/catch.hpp>

namespace guildhall::gateway {
namespace {

constexpr absl::Duration kStart = absl::Hours(5);

TEST_CASE("a caller has a burst, then its rate") {
  RateLimiter limiter({.per_second = 2, .burst = 3}, 16);
  for (int i = 0; i < 3; ++i) CHECK(limiter.Take(7, kStart).admitted);
  const auto over = limiter.Take(7, kStart);
  CHECK_FALSE(over.admitted);
  CHECK(over.remaining == 0);
  CHECK(over.retry_after == absl::Milliseconds(500));
  CHECK(over.full_after == absl::Milliseconds(1500));
  CHECK(limiter.Take(7, kStart + absl::Milliseconds(500)).admitted);
  CHECK_FALSE(limiter.Take(7, kStart + absl::Milliseconds(500)).admitted);
  CHECK(limiter.Take(7, kStart + absl::Hours(1)).remaining == 2);
}

TEST_CASE("callers do not use up each other's rates") {
  RateLimiter limiter({.per_second = 1, .burst = 1}, 64);
  for (std::uint64_t caller = 0; caller < 8; ++caller) {
    CHECK(limiter.Take(caller * 0x9e3779b97f4a7c15, kStart).admitted);
  }
  CHECK_FALSE(limiter.Take(0, kStart).admitted);
}

TEST_CASE("more callers than there is room for are admitted, not refused") {
  RateLimiter limiter({.per_second = 1, .burst = 2}, 8);
  for (std::uint64_t caller = 1; caller < 10'000; ++caller) {
    CHECK(limiter.Take(caller * 0x9e3779b97f4a7c15, kStart).admitted);
  }
}

TEST_CASE("the busiest caller keeps its bucket when the table is full") {
  RateLimiter limiter({.per_second = 1, .burst = 100}, 1);
  for (int i = 0; i < 100; ++i) CHECK(limiter.Take(8, kStart).admitted);
  for (std::uint64_t other = 1; other < 50; ++other) limiter.Take(other * 16, kStart);
  CHECK_FALSE(limiter.Take(8, kStart).admitted);
}

TEST_CASE("a rate of zero is no limit") {
  RateLimiter limiter({}, 16);
  for (int i = 0; i < 1000; ++i) CHECK(limiter.Take(1, kStart).admitted);
}

}  // namespace
}  // namespace guildhall::gateway
