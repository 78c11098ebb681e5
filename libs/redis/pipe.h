#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/base/cancellation.h"
#include "libs/base/deadline.h"
#include "libs/redis/breaker.h"
#include "libs/redis/connection.h"
#include "libs/redis/meters.h"
#include "libs/redis/settings.h"
#include "libs/telemetry/metrics.h"

namespace guildhall::redis {

// Asks Redis for many callers, none of which waits, over one connection and one thread: what is
// asked while a batch is under way goes into the next one. There is no timer, so nobody waits for
// company.
//
// A Redis that is lost is sought again by the pipe's own thread; until it answers everybody is
// refused at once. So a Redis that hangs costs the callers of one batch the settings' timeout, or
// their own deadline if that is sooner, and nobody else.
class Pipe {
 public:
  // Gets the answer, on the pipe's thread. Must not wait, nor end the pipe.
  using Done = std::function<void(absl::StatusOr<Reply>)>;

  // Limits on what waits for the next batch: more would be answered too late to be of use (a batch
  // of 256 takes about 1 ms).
  static constexpr std::size_t kMostWaiting = 4096;
  static constexpr std::size_t kMostWaitingBytes = std::size_t{16} << 20;
  // Limits on one batch, whose answers must fit into ReplyReader::kMostBytes each.
  static constexpr std::size_t kMostCommands = 256;
  // How exactly deadlines are met while Redis is slow.
  static constexpr absl::Duration kResolution = absl::Milliseconds(5);
  // How often an idle pipe looks whether Redis is there: what operators see as guildhall_redis_up.
  static constexpr absl::Duration kLook = absl::Seconds(1);

  // `use` names it in metrics: a word of the code's, such as "cache". Without an address there is
  // no thread.
  Pipe(RedisSettings settings, const std::string& use, telemetry::Metrics* metrics);
  // Whoever still waits gets CANCELLED.
  ~Pipe();
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  // Whether Redis answered lately. For any thread.
  bool up() const { return up_.load(std::memory_order_relaxed); }

  // Asks, for any thread, and never waits. Fails with UNAVAILABLE while Redis is away and
  // RESOURCE_EXHAUSTED when too much waits; `done` is not called then. Otherwise `done` is called
  // once, with a reply (a refusal by the server is one), DEADLINE_EXCEEDED, UNAVAILABLE or
  // CANCELLED; whether the command was carried out is unknown then.
  absl::Status Ask(Command command, Deadline deadline, Done done);

 private:
  struct Question {
    Command command;
    Deadline deadline;
    Done done;  // empty once it was called
  };
  using Batch = std::vector<Question>;

  void Run();
  bool Connect();
  Batch NextBatch();
  absl::Status Serve(Batch& batch);
  void DismissLate(Batch& batch);
  absl::Status Look();
  void Fail(Batch& batch, const absl::Status& status);
  void GoDown();

  const RedisSettings settings_;
  internal::Meters meters_;
  Cancellation ending_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Batch waiting_;                  // guarded by mutex_
  std::size_t waiting_bytes_ = 0;  // guarded by mutex_
  std::atomic<bool> up_{false};    // written under mutex_
  Breaker breaker_;                // the thread's own, like the connection
  std::unique_ptr<Connection> connection_;
  std::thread thread_;
};

}  // namespace guildhall::redis
