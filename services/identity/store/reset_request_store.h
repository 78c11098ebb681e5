#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/uuid.h"
#include "libs/postgres/database.h"

namespace guildhall::identity {

// Requests for another password, by address.

// Notes one. Nothing says whether the address has an account.
void InsertResetRequest(postgres::Work& work, const Uuid& id, std::string_view email,
                        absl::Time now);

// Takes the oldest that no other process holds and answers its address; nothing when there is none.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED or CANCELLED.
absl::StatusOr<std::optional<std::string>> TakeResetRequest(postgres::Work& work);

}  // namespace guildhall::identity
