#pragma once

#include <span>

#include "absl/status/status.h"
#include "libs/postgres/work.h"
#include "services/directory/store/ban_store.h"

namespace guildhall::directory {

// Tells, in the transaction that lifted the bans, what comes back into the sight of those who were
// banned, and notes that they are decided about anew. Last in the transaction.
// Cost: one round trip for each ban, one row for each community below it.
absl::Status TellEnded(postgres::Work& work, std::span<const EndedBan> bans);

}  // namespace guildhall::directory
