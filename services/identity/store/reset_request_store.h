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
  std::string email;
  // The administrator who asked; nobody: whoever knows the address.
  std::optional<MemberId> issuer;
};

// Notes one. Nothing says whether the address has an account.
void InsertResetRequest(postgres::Work& work, const Uuid& id, const ResetRequest& request,
                        absl::Time now);

// Takes the oldest that no other process holds; nothing when there is none.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED or CANCELLED.
absl::StatusOr<std::optional<ResetRequest>> TakeResetRequest(postgres::Work& work);

}  // namespace guildhall::identity
