#pragma once

#include <span>
#include <vector>

#include "services/gateway/domain/live_position.h"

namespace guildhall::gateway {

// For each change of a page, told in this order after `from`: up to where the log counts as told
// once the change is. Places never descend (changelog::Entry). Mostly it is the change's own place;
// where several are told in one place, it counts with the last of them: whoever resumes in between
// hears some twice and misses none.
std::vector<Place> ToldPlaces(const Place& from, std::span<const Place> page);

}  // namespace guildhall::gateway
