#include "libs/postgres/wait.h"

#include <poll.h>

#include <algorithm>

#include "libs/base/status_macros.h"
#include "libs/postgres/errors.h"

namespace guildhall::postgres::internal {
namespace {

// Most statements answer sooner; only a longer wait pays for the cancellation's descriptor (two
// system calls a call, as much as a short statement costs here).
constexpr absl::Duration kShort = absl::Milliseconds(3);

void Poll(pollfd* waiting, nfds_t count, absl::Duration timeout) {
  const timespec limit = absl::ToTimespec(timeout);
  ppoll(waiting, count, timeout < absl::InfiniteDuration() ? &limit : nullptr, nullptr);
}

}  // namespace

absl::Status CheckAwaited(const Context& context) {
  if (context.cancellation != nullptr && context.cancellation->cancelled()) {
    return absl::CancelledError("Nobody waits for the answer any more.");
  }
  return context.deadline.Passed() ? DeadlinePassed() : absl::OkStatus();
}

absl::Status Await(int socket, short events, const Context& context) {
  // libpq has closed the socket: its next call says why.
  if (socket < 0) return absl::OkStatus();
  pollfd waiting[2] = {{socket, events, 0}, {-1, POLLIN, 0}};
  while (true) {
    GUILDHALL_TRY(CheckAwaited(context));
    const absl::Duration remaining = context.deadline.Remaining();
    const bool watches = context.cancellation == nullptr || waiting[1].fd >= 0;
    Poll(waiting, 2, watches ? remaining : std::min(remaining, kShort));
    if (waiting[0].revents != 0) return absl::OkStatus();
    if (!watches) waiting[1].fd = context.cancellation->fd();
  }
}

}  // namespace guildhall::postgres::internal
