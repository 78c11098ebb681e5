#pragma once

#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <random>
#include <span>

#include "libs/base/random.h"

namespace guildhall::testing {

// The seed for a test of chance: GUILDHALL_SEED where that is set, so that a failure replays; else
// the one given. Print it: CAPTURE(random.seed()).
inline std::uint64_t SeedOr(std::uint64_t usual) {
  const char* const chosen = std::getenv("GUILDHALL_SEED");
  return chosen == nullptr ? usual : std::strtoull(chosen, nullptr, 10);
}

// Chance that replays. A test names its seed so that a failure prints it:
//   SeededRandom random(7);
//   CAPTURE(random.seed());
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed = 1) : seed_(seed), engine_(seed) {}

  std::uint64_t seed() const { return seed_; }

  // A number from 0 to `below` - 1.
  std::uint64_t Below(std::uint64_t below) {
    const std::lock_guard lock(mutex_);
    return engine_() % below;
  }

  void Fill(std::span<std::uint8_t> out) override {
    const std::lock_guard lock(mutex_);
    for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(engine_());
  }

 private:
  const std::uint64_t seed_;
  std::mutex mutex_;
  std::mt19937_64 engine_;
};

}  // namespace guildhall::testing
