#pragma once

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/identity/domain/password_reset.h"

namespace guildhall::identity {

// What owners are told of resets, by the hash of each secret. All fail with DEPENDENCY_AWAY,
// DEADLINE_PASSED or CANCELLED.

// Notes that an administrator has issued one.
void InsertPasswordReset(postgres::Work& work, std::string_view secret_hash, MemberId account,
                         MemberId issuer, absl::Time now);

// Notes that one was used that had been issued at `issue_time`, also one that came by a letter.
void NotePasswordResetUse(postgres::Work& work, std::string_view secret_hash, MemberId account,
                          absl::Time issue_time, absl::Time now);

// Those of the caller's account of the last kPasswordResetsKept: those used last first, then those
// issued last; at most kMaxPasswordResets. One range of an index.
absl::StatusOr<std::vector<PasswordReset>> ListOwnPasswordResets(postgres::Database& database,
                                                                 const postgres::Context& context,
                                                                 const access::Grant& grant,
                                                                 absl::Time now);

}  // namespace guildhall::identity
