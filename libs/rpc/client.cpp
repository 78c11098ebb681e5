#include "libs/rpc/client.h"

#include <poll.h>

#include "libs/base/check.h"
#include "libs/rpc/outgoing_call.h"

namespace guildhall::rpc {

Client::Client(ClientParts parts)
    : state_(std::make_unique<internal::Outgoing>(std::move(parts))) {}

Client::~Client() {
  Queue& queue = state_->parts.queue;
  GUILDHALL_CHECK(!queue.OnThread());
  queue.Await([this] {
    state_->closing = true;
    for (internal::OutgoingCall* running : state_->running) running->Cancel();
  });
  for (int left = state_->under_way.load(); left != 0; left = state_->under_way.load()) {
    state_->under_way.wait(left);
  }
  queue.Await([] {});  // the last one has left the queue's thread
}

internal::OutgoingCall* Client::Start(std::string_view method, grpc::Slice request,
                                      const Context& context, Done done) {
  ++state_->under_way;
  auto* running = new internal::OutgoingCall(*state_, std::string(method), std::move(request),
                                             context, std::move(done));
  if (state_->parts.queue.OnThread()) {
    running->Begin();
  } else {
    state_->parts.queue.Post([running] { running->Begin(); });
  }
  return running;
}

absl::StatusOr<grpc::Slice> Client::StartAndWait(std::string_view method, grpc::Slice request,
                                                 const Context& context) {
  GUILDHALL_CHECK(!state_->parts.queue.OnThread());
  struct Waiting {
    Cancellation answered;  // its descriptor is what poll waits for
    absl::StatusOr<grpc::Slice> result = absl::UnknownError("not answered");
  };
  auto waiting = std::make_shared<Waiting>();
  internal::OutgoingCall* running =
      Start(method, std::move(request), context, [waiting](absl::StatusOr<grpc::Slice> result) {
        waiting->result = std::move(result);
        waiting->answered.Cancel();
      });
  pollfd ends[2] = {{.fd = waiting->answered.fd(), .events = POLLIN, .revents = 0},
                    {.fd = context.cancellation == nullptr ? -1 : context.cancellation->fd(),
                     .events = POLLIN,
                     .revents = 0}};
  while (!waiting->answered.cancelled()) {
    if (context.cancellation != nullptr && context.cancellation->cancelled()) {
      // On the queue's thread `running` lives exactly until it has answered.
      state_->parts.queue.Post([waiting, running] {
        if (!waiting->answered.cancelled()) running->Cancel();
      });
      return absl::CancelledError("Nobody waits any more.");
    }
    // The call itself ends at its deadline; the limit here is for descriptors that ran out.
    constexpr int kLookAgain_ms = 100;
    poll(ends, 2, ends[0].fd < 0 ? kLookAgain_ms : -1);
  }
  return std::move(waiting->result);
}

}  // namespace guildhall::rpc
