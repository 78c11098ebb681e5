#pragma once

#include <span>
#include <vector>

#include "services/gateway/domain/live_position.h"

namespace guildhall::gateway {

// For each change of a page, told in this order after `from`: up to where the log counts as told
// once the change is. Mostly the change's own place. Changes of one key that were committed in
// another order than they stand in the log are told in the order of their commits; between them
// the log counts as told only up to before all of them, so whoever resumes there hears some twice
// and misses none.
std::vector<Place> ToldPlaces(const Place& from, std::span<const Place> page);

}  // namespace guildhall::gateway
