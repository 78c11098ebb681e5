#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"
#include "libs/base/uuid.h"
#include "libs/postgres/database.h"

namespace guildhall::identity {

// Requests for another password, by address.

struct ResetRequest {
  Uuid id;
  std::string email;
  // The administrator who asked; nobody: whoever knows the address.
  std::optional<MemberId> issuer = std::nullopt;
  absl::Time create_time;
};

// Notes one. Nothing says whether the address has an account.
void InsertResetRequest(postgres::Work& work, const ResetRequest& request);

// Claims the oldest that is due for this worker until `until`; nothing when there is none. If the
// worker dies, it is due again afterwards. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED or
// CANCELLED.
absl::StatusOr<std::optional<ResetRequest>> ClaimResetRequest(postgres::Database& database,
                                                              const postgres::Context& context,
                                                              absl::Time now, absl::Time until);

// Ends one and says whether it was there: of two who have claimed it, one is told yes. One round
// trip.
absl::StatusOr<bool> DeleteResetRequest(postgres::Work& work, const Uuid& id);

}  // namespace guildhall::identity
