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

// What a call to another service knows of the call that it serves: deadline, cancellation, trace.
// Call::context() makes one.
using Context = postgres::Context;

// Whether a call may be sent again when it is not known whether the first one arrived. Reads and
// writes with a request id may.
enum class Repeat { kSafe, kNever };

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
};

// Calls another service as this service. Thread-safe.
//
// Every call has a deadline (kLongest when it brings none). Among several processes of the peer the
// next one that is not known to be away gets the call. A call that found nobody (UNAVAILABLE of the
// connection, not of the peer's own stores) is sent again to the next one if it is safe to repeat:
// at most kAttempts in all, with a growing random pause, and only while the retry budget lasts, so
// that a peer in trouble gets at most a tenth more calls.
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
             std::function<void(absl::StatusOr<Resp>)> done, Repeat repeat = Repeat::kSafe) {
    Start(method, Serialize(request), context, repeat,
          [done = std::move(done)](absl::StatusOr<grpc::Slice> bytes) {
            done(Decode<Resp>(std::move(bytes)));
          });
  }

  // The same for a thread that may wait: a worker, never the queue's. Ends early when the context
  // is cancelled.
  template <typename Resp, typename Req>
  absl::StatusOr<Resp> Call(std::string_view method, const Req& request, const Context& context,
                            Repeat repeat = Repeat::kSafe) {
    return Decode<Resp>(StartAndWait(method, Serialize(request), context, repeat));
  }

 private:
  struct State;
  struct Running;
  using Done = std::function<void(absl::StatusOr<grpc::Slice>)>;

  Running* Start(std::string_view method, grpc::Slice request, const Context& context,
                 Repeat repeat, Done done);
  absl::StatusOr<grpc::Slice> StartAndWait(std::string_view method, grpc::Slice request,
                                           const Context& context, Repeat repeat);
  static absl::Status Undecodable();

  template <typename Resp>
  static absl::StatusOr<Resp> Decode(absl::StatusOr<grpc::Slice> bytes) {
    if (!bytes.ok()) return std::move(bytes).status();
    Resp reply;
    if (!ParseInto(*bytes, reply)) return Undecodable();
    return reply;
  }

  std::unique_ptr<State> state_;
};

}  // namespace guildhall::rpc
