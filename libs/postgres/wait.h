#pragma once

#include "absl/status/status.h"
#include "libs/postgres/context.h"

namespace guildhall::postgres::internal {

// Fails with DEADLINE_PASSED when it has, with CANCELLED when nobody waits any more.
absl::Status CheckAwaited(const Context& context);

// Waits until `socket` is ready for `events` (poll(2)). Fails as CheckAwaited does. One system call
// unless the wait is long.
absl::Status Await(int socket, short events, const Context& context);

}  // namespace guildhall::postgres::internal
