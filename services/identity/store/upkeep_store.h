#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"

namespace guildhall::identity {

// Forget what is of no more use, `kPurgeChunk` rows at most, and say how many. Safe to repeat.
// Fail with: DEPENDENCY_AWAY, DEADLINE_PASSED.
inline constexpr int kPurgeChunk = 1000;

// Sessions that ran out before `before`.
absl::StatusOr<int> PurgeSessions(postgres::Database& database, const postgres::Context& context,
                                  absl::Time before);

// Access tokens that ran out before `before`.
absl::StatusOr<int> PurgeAccessTokens(postgres::Database& database,
                                      const postgres::Context& context, absl::Time before);

// One-time secrets that ran out before `before`.
absl::StatusOr<int> PurgeOneTimeSecrets(postgres::Database& database,
                                        const postgres::Context& context, absl::Time before);

// Invitations that ran out before `before`.
absl::StatusOr<int> PurgeInvitations(postgres::Database& database, const postgres::Context& context,
                                     absl::Time before);

// Requests for other addresses that ran out before `before`, changes of addresses from before it.
absl::StatusOr<int> PurgeEmailRequests(postgres::Database& database,
                                       const postgres::Context& context, absl::Time before);
absl::StatusOr<int> PurgeEmailChanges(postgres::Database& database,
                                      const postgres::Context& context, absl::Time before);

// Resets of passwords that were issued before `before`.
absl::StatusOr<int> PurgePasswordResets(postgres::Database& database,
                                        const postgres::Context& context, absl::Time before);

// Throttle buckets that were last touched before `before`.
absl::StatusOr<int> PurgeBuckets(postgres::Database& database, const postgres::Context& context,
                                 absl::Time before);

}  // namespace guildhall::identity
