#pragma once

#include "libs/postgres/rows.h"
#include "services/directory/store/member_store.h"

namespace guildhall::directory {

// The columns that every statement about members returns first, in this order: id, display name,
// headline, location, time zone, skills, interests, projects, languages, pronouns, working
// hours (starts and ends by turns), affiliation, version, creation time, whether it is suspended.
inline constexpr int kMemberColumns = 15;

Member MemberFrom(const postgres::Row& row);

}  // namespace guildhall::directory
