#pragma once

#include <cstdint>

#include "services/gateway/domain/live_position.h"

namespace guildhall::gateway {

// For tests: how far both logs have been told, each up to the first change of a transaction.
inline Positions At(std::uint64_t directory, std::uint64_t discussions) {
  Positions positions;
  positions[Log::kDirectory].place = {directory, 1};
  positions[Log::kDiscussions].place = {discussions, 1};
  return positions;
}

}  // namespace guildhall::gateway
