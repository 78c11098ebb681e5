#pragma once

#include <string>

#include "libs/rpc/page.h"
#include "services/discussions/store/time_position.h"

namespace guildhall::discussions {

// Where lists in order of time go on, in page tokens.

std::string Written(const TimePosition& position);

// `start` for the first page.
TimePosition TimePositionOf(const rpc::Page& page, const TimePosition& start = {});

}  // namespace guildhall::discussions
