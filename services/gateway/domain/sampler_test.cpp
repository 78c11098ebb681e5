#include "services/gateway/domain/sampler.h"

#include <catch2/catch.hpp>

namespace guildhall::gateway {
namespace {

constexpr absl::Duration kStart = absl::Hours(5);
constexpr std::uint32_t kHalf = 1u << 31;

TEST_CASE("so many wishes are granted in a second, whoever has them") {
  Sampler sampler(0, 2);
  CHECK(sampler.Decide(true, kHalf, kStart));
  CHECK(sampler.Decide(true, kHalf, kStart));
  CHECK_FALSE(sampler.Decide(true, kHalf, kStart));
  CHECK_FALSE(sampler.Decide(false, kHalf, kStart + absl::Seconds(1)));
  CHECK(sampler.Decide(true, kHalf, kStart + absl::Seconds(1)));
}

TEST_CASE("without wishes the ratio decides") {
  Sampler half(0.5, 0);
  CHECK(half.Decide(false, kHalf - 1, kStart));
  CHECK_FALSE(half.Decide(false, kHalf, kStart));
  CHECK_FALSE(half.Decide(true, kHalf, kStart));
  CHECK(Sampler(1, 0).Decide(false, ~0u, kStart));
  CHECK_FALSE(Sampler(0, 0).Decide(true, 0, kStart));
}

}  // namespace
}  // namespace guildhall::gateway
