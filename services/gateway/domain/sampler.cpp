#include "services/gateway/domain/sampler.h"

namespace guildhall::gateway {
namespace {

constexpr double kChances = 4294967296.0;  // 2^32
// All clients wish together.
constexpr std::uint64_t kEverybody = 1;

}  // namespace

Sampler::Sampler(double ratio, int wishes_per_second)
    : ratio_(ratio),
      grants_(wishes_per_second > 0),
      wishes_({static_cast<double>(wishes_per_second), wishes_per_second}, 1) {}

bool Sampler::Decide(bool wished, std::uint32_t chance, absl::Duration now) {
  if (wished && grants_ && wishes_.Take(kEverybody, now).admitted) return true;
  return chance < ratio_ * kChances;
}

}  // namespace guildhall::gateway
