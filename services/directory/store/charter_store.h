#pragma once

#include <vector>

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

// Who leads the grant's community: up to `count` of its owners, first those who belong to it
// longest; nobody for whoever may not see who belongs to it. The second is a part of a transaction.
absl::StatusOr<std::vector<MemberId>> ListLeads(postgres::Database& database,
                                                const postgres::Context& context,
                                                const access::Grant& grant, int count);
absl::StatusOr<std::vector<MemberId>> ListLeads(postgres::Work& work, const access::Grant& grant,
                                                int count);

// A charter that should have been looked at again.
struct OverdueCharter {
  absl::Time review_time = absl::InfinitePast();
  CommunityId community;
};

// Up to `count` that are overdue at `now` and that the viewer may edit, the longest overdue first,
// after one; archived communities are left out. One range of an index: an entry for each that is
// overdue. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<OverdueCharter>> ListOverdueCharters(
    postgres::Database& database, const postgres::Context& context, const access::Viewer& viewer,
    absl::Time now, const OverdueCharter& after, int count);

// The charter of a locked community, and storing it; parts of a transaction.
absl::StatusOr<Charter> GetCharter(postgres::Work& work, CommunityId community);
void PutCharter(postgres::Work& work, CommunityId community, const Charter& charter);

}  // namespace guildhall::directory
