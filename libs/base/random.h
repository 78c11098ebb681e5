#pragma once

#include <array>
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

// The kernel's bytes at a system call per 4 KiB, for ids that are needed with every call. Not
// thread-safe.
class BufferedRandom final : public Random {
 public:
  // At most 4 KiB at once.
  void Fill(std::span<std::uint8_t> out) override;

 private:
  std::array<std::uint8_t, 4096> bytes_;
  std::size_t used_ = bytes_.size();
};

}  // namespace guildhall
