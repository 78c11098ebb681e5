#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/bytes.h"
#include "libs/http/loop.h"
#include "libs/http/message.h"

namespace guildhall::http {

// A request that a server has read and the way to answer it. On the loop.
class Exchange {
 public:
  virtual const Request& request() const = 0;

  // Answers, once. The connection then reads its next request.
  virtual void Send(Response response) = 0;

  // Instead of Send: begins an answer that comes piece by piece, with the status and the head of
  // `response`. From then on request() is empty and its memory given back. The call that answers
  // lives on: it hears OnWritable and OnDrain, and is destroyed soon after the client has gone.
  virtual void Begin(Response response) = 0;

  // Sends pieces, or keeps what the client does not take yet: see unsent(). Nothing happens when
  // the client has gone or the answer has ended.
  virtual void Write(std::span<const Chunk> chunks) = 0;

  // Ends the answer, once. The connection then reads its next request.
  virtual void End() = 0;

  // Bytes of a streaming answer that the client has not taken. Whoever writes stops in time: a
  // client with more than ServerLimits::stream_unsent is cut off.
  virtual std::size_t unsent() const = 0;

 protected:
  ~Exchange() = default;
};

// A request on its way to an answer, owned by its connection. Destroyed some time after the answer,
// or before it when the client has gone away: the destructor takes back whatever it has begun.
class Call {
 public:
  virtual ~Call() = default;

  // Of a streaming answer: what was kept back has left.
  virtual void OnWritable() {}

  // Of a streaming answer: the server drains. The call ends it soon.
  virtual void OnDrain() {}
};

// What a server is for. On the loop.
class Handler {
 public:
  virtual ~Handler() = default;

  // Answers at once and returns null, or returns the call that will answer through `exchange`,
  // which outlives it.
  virtual std::unique_ptr<Call> OnRequest(Exchange& exchange) = 0;

  // Hears that the server answers `status` by itself, for want of a request to hand on (400, 408,
  // 431, 501, 503, 505), and gives further lines for that answer's head, "name: value\r\n" each.
  virtual std::string OnRefused(int /*status*/) { return {}; }
};

// What a server grants its clients. Each limit answers with a status and closes the connection.
struct ServerLimits {
  // A head in all; 431 beyond. Browsers send 1 to 4 KiB.
  Bytes head = KiB(16);
  // A body; beyond, the handler gets the request without it (Request::body_too_large).
  Bytes body = MiB(4);
  // Connections at once; 503 beyond. Lowered when the process may not open as many descriptors.
  int connections = 4096;
  // From the first byte of a head to its last; 408 beyond. Slow heads are an attack (slowloris).
  absl::Duration head_timeout = absl::Seconds(10);
  // Between an answer and the next request. Longer than the 60 s after which common proxies close.
  absl::Duration idle_timeout = absl::Seconds(75);
  // How long a body may take to arrive, or an answer to be taken, whatever its size …
  absl::Duration transfer_timeout = absl::Seconds(10);
  // … and per second that it takes longer, this much must have been moved (256 kbit/s).
  Bytes transfer_rate = KiB(32);
  // Answers that wait for slow readers, all together; beyond, the reader is cut off.
  Bytes unsent = MiB(64);
  // The same of one streaming answer.
  Bytes stream_unsent = MiB(4);
  // How long a peer may leave what was sent to it unacknowledged while an answer streams: one that
  // vanished without a word is found out by it (RFC 5482).
  absl::Duration stream_peer_timeout = absl::Seconds(30);
};

// Counts since the start, but `open` and `streams`. Any thread reads; they outlive their server.
struct ServerCounts {
  std::atomic<std::int64_t> open{0};             // connections now
  std::atomic<std::int64_t> streams{0};          // of these, with a streaming answer
  std::atomic<std::int64_t> accepted{0};         // connections
  std::atomic<std::int64_t> over_limit{0};       // connections refused, too many being open
  std::atomic<std::int64_t> malformed{0};        // heads and chunks that are none
  std::atomic<std::int64_t> timed_out{0};        // connections closed, the client being too slow
  std::atomic<std::int64_t> unsent_overflow{0};  // slow readers cut off
};

// An HTTP/1.1 server (RFC 9112) with keep-alive. Requests that a client sends without waiting are
// answered one after the other. It reads from a client no more than one request ahead.
//
// Cost per request: one read, one write, one re-arming of the descriptor, about 7 us in all.
class Server {
 public:
  // Listens on `address` (`host:port`, port 0 for any; `unix:/path`, a stale socket file is
  // replaced). `loop` and `handler` outlive the server. From any thread.
  //
  // Fails with INVALID_ARGUMENT (no address), ALREADY_EXISTS (taken) or UNAVAILABLE (the system
  // refuses); the message says what to do.
  static absl::StatusOr<std::unique_ptr<Server>> Listen(Loop& loop, std::string_view address,
                                                        Handler& handler,
                                                        const ServerLimits& limits);

  // With the loop stopped, or on it.
  ~Server();

  // Where it listens, with the port that the system chose.
  const std::string& address() const;

  // Stops accepting, answers what still comes with `connection: close`, closes connections that
  // stay idle for a second, and calls `done` on the loop when none is left. From any thread, once.
  void Drain(std::function<void()> done);

  std::shared_ptr<const ServerCounts> counts() const;

  struct State;

 private:
  explicit Server(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

}  // namespace guildhall::http
