#pragma once

#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/base/ids.h"
#include "libs/rpc/client.h"

namespace guildhall::directory {

// Reads which accounts are suspended, all of them, for a thread that may wait.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
using ReadSuspendedAccounts =
    std::function<absl::StatusOr<std::vector<MemberId>>(const postgres::Context& context)>;

// From identity, a call for 1,000. `identity` outlives it.
ReadSuspendedAccounts SuspendedAccountsOf(rpc::Client& identity);

}  // namespace guildhall::directory
