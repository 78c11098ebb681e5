#pragma once

#include <string>

#include "libs/rpc/page.h"
#include "services/directory/store/community_store.h"

namespace guildhall::directory {

// Where a community stands in lists by name, and where such a list goes on.
std::string PositionOf(const Community& community);
NamePosition NamePositionOf(const rpc::Page& page);

}  // namespace guildhall::directory
