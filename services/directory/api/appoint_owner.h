#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"
#include "libs/postgres/database.h"

namespace guildhall::directory {

// Makes a member an owner of a community in which no owner can act, nor one of a community above,
// who owns all below: all are suspended, banned or gone; a member of it first, if it is none. For
// the operator's command: whoever has the settings of directory may do anything to its database
// anyhow. Tells of it as JoinCommunity and UpdateMembership do; whoever holds a lease decides by it
// once the changes have settled.
//
// Returns a sentence for the operator. Who owns the community already stays its owner: safe to
// repeat. Fails with: FAILED_PRECONDITION and a
// sentence, TOO_MANY_COMMUNITIES, NOT_FOUND (the community), BUSY, DEPENDENCY_AWAY,
// DEADLINE_PASSED.
absl::StatusOr<std::string> AppointOwner(postgres::Database& database, CommunityId community,
                                         MemberId member, absl::Time now);

}  // namespace guildhall::directory
