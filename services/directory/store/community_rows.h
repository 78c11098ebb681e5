#pragma once

#include "libs/postgres/rows.h"
#include "services/directory/domain/community.h"

namespace guildhall::directory {

// The columns that every statement about communities returns first, in this order: id, parent,
// display name, description, kind, visibility, admits, member count, version, creation time,
// whether it is archived, since when by itself, and location.
inline constexpr int kCommunityColumns = 13;

Community CommunityFrom(const postgres::Row& row);

}  // namespace guildhall::directory
