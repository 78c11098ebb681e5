#pragma once

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "libs/postgres/work.h"
#include "services/directory/domain/charter.h"

namespace guildhall::directory {

// The charter of the grant's community; an empty one where nobody has written it. One row.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<Charter> GetCharter(postgres::Database& database, const postgres::Context& context,
                                   const access::Grant& grant);

// The same of a locked community, and storing it; parts of a transaction.
absl::StatusOr<Charter> GetCharter(postgres::Work& work, CommunityId community);
void PutCharter(postgres::Work& work, CommunityId community, const Charter& charter);

}  // namespace guildhall::directory
