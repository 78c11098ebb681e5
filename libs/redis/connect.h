#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "libs/base/cancellation.h"
#include "libs/base/deadline.h"
#include "libs/redis/settings.h"

namespace guildhall::redis::internal {

// Whether an address, or none, makes sense.
absl::Status CheckAddress(std::string_view address);

// A connected, non-blocking socket to where the settings say, without delay for small writes. Fails
// as Connection::Open does; DEADLINE_EXCEEDED when nobody has answered by then.
absl::StatusOr<int> Connect(const RedisSettings& settings, Deadline deadline);

// Waits until `socket` is ready for `events` (poll(2)); false when the deadline passes first. Fails
// with CANCELLED.
absl::StatusOr<bool> Await(int socket, short events, Deadline deadline, Cancellation* cancellation);

}  // namespace guildhall::redis::internal
