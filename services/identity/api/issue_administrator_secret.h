#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/random.h"
#include "libs/postgres/database.h"

namespace guildhall::identity {

// A secret by which whoever is signed in and shows it first (ClaimAdministrator) becomes an
// administrator, within kAdministratorSecretLife. For the operator's command: whoever has the
// settings of identity may do anything to its database anyhow. Stored as a hash.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED. Each call makes another.
absl::StatusOr<std::string> IssueAdministratorSecret(postgres::Database& database, Random& random,
                                                     absl::Time now);

}  // namespace guildhall::identity
