#include "services/gateway/domain/closed_places.h"

#include <cstddef>

namespace guildhall::gateway {

std::vector<Place> ToldPlaces(const Place& from, std::span<const Place> page) {
  std::vector<Place> told;
  Place before = from;  // the last place that is told whole
  for (std::size_t i = 0; i < page.size(); ++i) {
    if (i + 1 == page.size() || page[i] < page[i + 1]) before = page[i];
    told.push_back(before);
  }
  return told;
}

}  // namespace guildhall::gateway
