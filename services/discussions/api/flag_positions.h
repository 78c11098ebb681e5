#pragma once

#include <optional>
#include <string>

#include "libs/rpc/page.h"
#include "services/discussions/store/flag_store.h"

namespace guildhall::discussions {

// Where lists of flags go on, in page tokens.

std::string Written(const FlagPosition& position);

// Nothing for the first page.
std::optional<FlagPosition> FlagPositionOf(const rpc::Page& page);

}  // namespace guildhall::discussions
