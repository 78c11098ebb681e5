#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"

namespace guildhall::identity {

// What is of no more use some time after it was.
enum class Outdated {
  kSessions,        // since they ran out, also those that were revoked
  kAccessTokens,    // likewise
  kOneTimeSecrets,  // since they ran out
  kInvitations,     // likewise
  kEmailRequests,   // likewise
  kEmailChanges,    // since they were made
  kEmailLetters,    // since they were due: where no mail is sent any more
  kPasswordResets,  // since they were issued
  kResetRequests,   // since somebody asked: likewise where no mail is sent
  kBuckets,         // of the throttle, since an attempt was counted
};

// Forgets those of a kind that were of use before `before`, kPurgeChunk of them at most: one range
// of an index. Safe to repeat. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::Status Purge(postgres::Database& database, const postgres::Context& context, Outdated kind,
                   absl::Time before);
inline constexpr int kPurgeChunk = 1000;

}  // namespace guildhall::identity
