#include "services/gateway/domain/closed_places.h"

#include <algorithm>
#include <cstddef>

namespace guildhall::gateway {

std::vector<Place> ToldPlaces(const Place& from, std::span<const Place> page) {
  // lowest[i]: of everything after i.
  std::vector<Place> told(page.size(), from), lowest(page.size());
  for (std::size_t i = page.size(); i-- > 1;) {
    lowest[i - 1] = i == page.size() - 1 ? page[i] : std::min(page[i], lowest[i]);
  }
  Place highest = from, closed = from;
  for (std::size_t i = 0; i < page.size(); ++i) {
    highest = std::max(highest, page[i]);
    if (i + 1 == page.size() || highest < lowest[i]) closed = highest;
    told[i] = closed;
  }
  return told;
}

}  // namespace guildhall::gateway
