#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "libs/telemetry/metrics.h"

namespace guildhall::rpc {

// A fixed number of threads for handlers that wait, and a bounded line before them.
//
// One sleeping thread is woken at a time, and wakes the next one if there is more to do: a thread
// that is already awake often takes the work sooner, and waking all costs a change of thread each.
class Workers {
 public:
  using Work = absl::AnyInvocable<void()>;

  // `threads` may wait at once; at most `waiting` more stand in line. Tells
  // guildhall_rpc_workers_*.
  Workers(int threads, int waiting, telemetry::Metrics& metrics);
  // Runs what is in line, then ends the threads.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // Runs `work` on one of the threads, first come first served. False, and nothing happens, when
  // the line is full.
  bool Submit(Work work);

 private:
  void Run();
  // Whether a thread should be woken now; the caller does it without the lock.
  bool WantsAnother();

  const std::size_t most_waiting_;
  telemetry::Gauge& busy_;
  telemetry::Gauge& waiting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Work> line_;  // guarded by mutex_
  int asleep_ = 0;         // guarded by mutex_
  bool waking_ = false;    // guarded by mutex_: one was woken and has not come yet
  bool ending_ = false;    // guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace guildhall::rpc
