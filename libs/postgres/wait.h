#pragma once

#include "absl/status/status.h"
#include "libs/postgres/context.h"

namespace guildhall::postgres::internal {

// Waits until `socket` is ready for `events` (poll(2)). Fails with DEADLINE_PASSED, or CANCELLED
// when nobody waits any more. One system call unless the wait is long.
absl::Status Await(int socket, short events, const Context& context);

}  // namespace guildhall::postgres::internal
