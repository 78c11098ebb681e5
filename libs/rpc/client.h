#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/support/slice.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/service_token.h"
#include "libs/base/clock.h"
#include "libs/postgres/context.h"
#include "libs/rpc/codec.h"
#include "libs/rpc/queue.h"
#include "libs/telemetry/metrics.h"

namespace guildhall::rpc {

namespace internal {
struct Outgoing;
class OutgoingCall;
absl::Status Undecodable();
}  // namespace internal

// What a call to another service knows of the call that it serves: deadline, cancellation, trace.
// Call::context() makes one.
using Context = postgres::Context;

// What a client is made of. Everything referred to outlives it.
struct ClientParts {
  Queue& queue;
  std::string self;  // who calls, such as "discussions"
  std::string peer;  // who is called, such as "directory"
  // Where: unix:/path or host:port; with several processes of the peer separated by commas.
  std::string addresses;
  access::ServiceKey service_key;
  telemetry::Metrics& metrics;
  const Clock& clock = SystemClock();
  // A peer that owes an answer and says nothing for so long is asked whether it is there; when it
  // says nothing to that for as long again, its connection is lost. As http::UpstreamOptions has
  // it.
  absl::Duration silence = absl::Seconds(3);
};

// Calls another service as this service. Thread-safe.
//
// Every call has a deadline (kLongest when it brings none) and may arrive twice: it is a read, or a
// write with a request id. Among several processes of the peer the next one with a connection gets
// the call. A call that no handler has answered (nobody was there, the connection was lost, or the
// process began to drain: not a refusal by the peer, nor of its stores) is sent again, at most
// kAttempts times in all: first to another process, at once, because what one process lost says
// nothing about the load of the others; then after a growing random pause and only while the retry
// budget lasts, so that a peer in trouble gets at most a tenth more calls.
//
// Fails with what the peer refused; DEPENDENCY_AWAY when nobody was there; DEADLINE_PASSED;
// CANCELLED.
class Client {
 public:
  static constexpr int kAttempts = 3;
  static constexpr absl::Duration kLongest = absl::Seconds(60);

  explicit Client(ClientParts parts);
  // Cancels what is under way and waits for its end. Not from the queue's thread.
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Calls "package.Service/Method". `done` runs once, on the queue's thread, and must not wait. The
  // context's cancellation is not watched.
  template <typename Resp, typename Req>
  void Async(std::string_view method, const Req& request, const Context& context,
             std::function<void(absl::StatusOr<Resp>)> done) {
    Start(method, Serialize(request), context,
          [done = std::move(done)](absl::StatusOr<grpc::Slice> bytes) {
            done(Decode<Resp>(std::move(bytes)));
          });
  }

  // The same for a thread that may wait: a worker, never the queue's. Ends early when the context
  // is cancelled.
  template <typename Resp, typename Req>
  absl::StatusOr<Resp> Call(std::string_view method, const Req& request, const Context& context) {
    return Decode<Resp>(StartAndWait(method, Serialize(request), context));
  }

 private:
  using Done = std::function<void(absl::StatusOr<grpc::Slice>)>;

  internal::OutgoingCall* Start(std::string_view method, grpc::Slice request,
                                const Context& context, Done done);
  absl::StatusOr<grpc::Slice> StartAndWait(std::string_view method, grpc::Slice request,
                                           const Context& context);

  template <typename Resp>
  static absl::StatusOr<Resp> Decode(absl::StatusOr<grpc::Slice> bytes) {
    if (!bytes.ok()) return std::move(bytes).status();
    Resp reply;
    if (!ParseInto(*bytes, reply)) return internal::Undecodable();
    return reply;
  }

  std::unique_ptr<internal::Outgoing> state_;
};

}  // namespace guildhall::rpc
