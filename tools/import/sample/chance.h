#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace guildhall::sample {

// Draws that are the same on every machine: SplitMix64 (Steele, Lea, Flood 2014), and what is made
// of it here. Each thing draws from a Chance of its own, made of its kind and number, so that
// nothing depends on the order in which things are made.
class Chance {
 public:
  Chance(std::uint64_t kind, std::uint64_t number) : state_(kind << 48 ^ number) {}

  std::uint64_t Next() {
    std::uint64_t mixed = state_ += 0x9e3779b97f4a7c15;
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
    return mixed ^ mixed >> 31;
  }

  // At least 0 and below 1.
  double Share() { return static_cast<double>(Next() >> 11) * 0x1p-53; }

  int Below(int limit) { return static_cast<int>(Share() * limit); }

  // What has a logarithm with this mean and deviation (Box and Muller 1958).
  double LogNormal(double mean, double deviation) {
    const double radius = std::sqrt(-2 * std::log(1 - Share()));
    return std::exp(mean + deviation * radius * std::cos(2 * std::numbers::pi * Share()));
  }

 private:
  std::uint64_t state_;
};

// Draws indices, each as often as its weight says.
class Weighted {
 public:
  explicit Weighted(const std::vector<double>& weights);

  int Draw(Chance& chance) const;

 private:
  std::vector<double> upto_;
};

}  // namespace guildhall::sample
