#pragma once

#include <cstdint>
#include <span>

namespace guildhall {

// Where chance comes from. Tests pass a seeded one and print the seed.
class Random {
 public:
  virtual ~Random() = default;

  // Fills `out` with random bytes.
  virtual void Fill(std::span<std::uint8_t> out) = 0;
};

// The kernel's cryptographic source (getrandom). Thread-safe, lives for ever.
Random& SystemRandom();

}  // namespace guildhall
