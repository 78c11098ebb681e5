#include "tools/import/sample/chance.h"

#include <algorithm>

namespace guildhall::sample {

Weighted::Weighted(const std::vector<double>& weights) {
  upto_.reserve(weights.size());
  double total = 0;
  for (const double weight : weights) upto_.push_back(total += weight);
}

int Weighted::Draw(Chance& chance) const {
  const auto found = std::ranges::upper_bound(upto_, chance.Share() * upto_.back());
  return static_cast<int>(std::min(found, upto_.end() - 1) - upto_.begin());
}

}  // namespace guildhall::sample
