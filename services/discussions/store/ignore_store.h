#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/discussions/domain/ignore.h"
#include "services/discussions/store/time_position.h"

namespace guildhall::discussions {

// Whom the grant's member ignores. Each function is one statement and fails with: DEPENDENCY_AWAY,
// DEADLINE_PASSED, and where it writes, BUSY.

// Ignores a member from `now` on, or since it did. Also fails with: TOO_MANY_IGNORES.
absl::StatusOr<Ignore> InsertIgnore(postgres::Database& database, const postgres::Context& context,
                                    const access::Grant& grant, MemberId member, absl::Time now);

// Ignores a member no more, if it did.
absl::Status DeleteIgnore(postgres::Database& database, const postgres::Context& context,
                          const access::Grant& grant, MemberId member);

// Up to `count` of them, the latest first. One range of an index.
absl::StatusOr<std::vector<Ignore>> ListIgnores(postgres::Database& database,
                                                const postgres::Context& context,
                                                const access::Grant& grant,
                                                const TimePosition& after, int count);

}  // namespace guildhall::discussions
