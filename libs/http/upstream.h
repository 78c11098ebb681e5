#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/base/bytes.h"
#include "libs/base/deadline.h"
#include "libs/http/address.h"
#include "libs/http/loop.h"
#include "libs/http/message.h"

namespace guildhall::http {

// A gRPC request (POST, `te: trailers`). Every view, and the storage of `fields`, must stay where
// it is as long as the call: nothing is copied.
struct UpstreamRequest {
  std::string_view path;  // "/guildhall.directory.v1.DirectoryService/GetCommunity"
  // Further fields, names in lower case; content-type is added. Values without CR, LF and NUL.
  std::span<const Field> fields;
  // Message frames; sent one after the other.
  std::array<std::string_view, 2> body;
  // Sent on as `grpc-timeout`; kept here to 20 ms.
  Deadline deadline;
};

// Who takes a reply. On the loop, never from within Upstream::Start. A sink may destroy its call in
// any of these.
class ReplySink {
 public:
  virtual ~ReplySink() = default;

  // A field of the head (":status" first) or, once data or `trailers` has come, of the trailers.
  virtual void OnField(std::string_view name, std::string_view value) = 0;

  // A piece of the body. It counts against the call's window until it is consumed.
  virtual void OnData(std::string_view bytes) = 0;

  // The end, once: OK when the reply is complete (whatever its gRPC status says), UNAVAILABLE when
  // no process was reached or the connection was lost, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED (too
  // many calls), CANCELLED or INTERNAL when the peer reset the stream.
  virtual void OnEnd(const absl::Status& status) = 0;
};

// A call that has begun. Destroying it before the end cancels it: the peer gets RST_STREAM(CANCEL)
// and the sink hears no more. On the loop.
class UpstreamCall {
 public:
  virtual ~UpstreamCall() = default;

  // Says that `size` bytes of the reply are dealt with, so that the peer may send as many more. A
  // sink that does not consume stops its peer after `UpstreamOptions::window`.
  virtual void Consume(std::size_t size) = 0;
};

struct UpstreamOptions {
  // For a connection to stand, the HTTP/2 preface included.
  absl::Duration connect_timeout = absl::Seconds(1);
  // How often host names are looked up again: what a rolling update has to wait for.
  absl::Duration resolve_every = absl::Seconds(5);
  // Pause after a failed connection; doubles from the first to the last, with jitter.
  absl::Duration backoff_first = absl::Milliseconds(20);
  absl::Duration backoff_last = absl::Seconds(1);
  // A peer that owes an answer and says nothing for so long is asked whether it is there (PING, RFC
  // 9113, 6.7); when it says nothing to that for as long again, its connection is lost. Both are
  // over, and another connection stands, within the 10 s in which everything is back.
  absl::Duration silence = absl::Seconds(3);
  // Calls at once over all connections, waiting ones included.
  int calls = 4096;
  // Bytes of one reply that the peer may send before they are consumed.
  Bytes window = MiB(1);
};

// Counts since the start, but the first two. Any thread reads; they outlive their upstream.
struct UpstreamCounts {
  std::atomic<std::int64_t> ready{0};        // connections that take calls, now
  std::atomic<std::int64_t> outstanding{0};  // calls, now
  std::atomic<std::int64_t> connected{0};    // connections that came to stand
  std::atomic<std::int64_t> lost{0};         // connections that failed or did not come to stand
  std::atomic<std::int64_t> resent{0};       // calls that a peer refused and another got
};

// The processes of one service, called over HTTP/2 without TLS (RFC 9113, prior knowledge).
//
// It keeps one connection to each address and gives a call to the one with the fewest outstanding.
// Names are looked up every few seconds; an address that has gone gets no more calls. A call that
// comes while connections are being made waits for the first; when none can be made it fails at
// once. A process that hangs, or has gone without a word, is noticed by its silence, and calls go
// to the others. Only calls that surely were not begun are sent again, up to twice: REFUSED_STREAM,
// streams above GOAWAY's last id, and what gRPC's server answers to calls that cross its GOAWAY: a
// head alone with CANCELLED (or "Cancelling all calls") and without `grpc-status-details-bin`,
// which rpc::Server always sends.
//
// Cost: about 5 us per call where calls of one turn of the loop share reads and writes (32 at
// once), up to 12 us alone.
class Upstream {
 public:
  // Begins to connect once the loop runs. From any thread.
  Upstream(Loop& loop, std::vector<Address> addresses, const UpstreamOptions& options);
  // With the loop stopped, or on it; no call may be left.
  ~Upstream();

  // Begins a call. On the loop. `sink` outlives the call or its end.
  std::unique_ptr<UpstreamCall> Start(const UpstreamRequest& request, ReplySink& sink);

  std::shared_ptr<const UpstreamCounts> counts() const;

  class State;

 private:
  std::shared_ptr<State> state_;
};

}  // namespace guildhall::http
