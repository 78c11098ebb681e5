#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/postgres/database.h"
#include "services/identity/domain/throttle.h"

namespace guildhall::identity {

// What one attempt is counted for: at most one key of each kind, in order of the kinds.
struct ThrottleKey {
  ThrottleKind kind;
  std::string key;  // a keyed hash
};

// Counts an attempt for all keys unless one of them is closed; then answers for how long. One
// transaction, committed when this returns: an attempt counts even if its process dies.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED, BUSY.
absl::StatusOr<std::optional<absl::Duration>> CountAttempt(postgres::Database& database,
                                                           const postgres::Context& context,
                                                           const std::vector<ThrottleKey>& keys,
                                                           absl::Time now);

// The same as a part of a transaction, for what is counted only when it is done.
absl::StatusOr<std::optional<absl::Duration>> CountAttempt(postgres::Work& work,
                                                           const std::vector<ThrottleKey>& keys,
                                                           absl::Time now);

// Counts an attempt at a password for the keys of CountPasswordAttempt's five kinds, likewise.
absl::StatusOr<Verdict> CountPasswordAttempt(postgres::Database& database,
                                             const postgres::Context& context,
                                             const std::vector<ThrottleKey>& keys,
                                             bool members_place, absl::Time now);

// Forgives a counted attempt, in the transaction of what the password was for. Holds the buckets
// until the end of it, so it comes last.
absl::Status ForgiveAttempt(postgres::Work& work, const std::vector<ThrottleKey>& keys,
                            absl::Time now);

}  // namespace guildhall::identity
