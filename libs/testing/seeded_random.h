#pragma once

#include <cstdint>
#include <mutex>
#include <random>
#include <span>

#include "libs/base/random.h"

namespace guildhall::testing {

// Chance that replays. A test names its seed so that a failure prints it:
//   SeededRandom random(7);
//   CAPTURE(random.seed());
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed = 1) : seed_(seed), engine_(seed) {}

  std::uint64_t seed() const { return seed_; }

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
