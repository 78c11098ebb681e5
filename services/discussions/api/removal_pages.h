#pragma once

#include <string>

#include "libs/rpc/page.h"
#include "services/discussions/api/time_positions.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {

// Removals hold whole posts, of up to 64 KiB: clients of gRPC take 4 MiB unless they are told
// otherwise.
inline constexpr rpc::PageSize kRemovalsPage{.usual = 10, .most = 30};

inline std::string PositionOf(const Removal& removal) {
  return Written({removal.time, removal.id});
}

}  // namespace guildhall::discussions
