#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "libs/telemetry/metrics.h"

namespace guildhall::rpc {

// A fixed number of threads for handlers that wait, and a bounded line before them.
//
// Writes wait for each other's locks and for few connections, so they never have all threads nor
// all of the line: a quarter of each is left to whoever reads. With fewer than four threads none
// is.
//
// One sleeping thread is woken at a time, and wakes the next one if there is more to do: a thread
// that is already awake often takes the work sooner, and waking all costs a change of thread each.
class Workers {
 public:
  using Work = absl::AnyInvocable<void()>;
  enum class Kind { kRead, kWrite };

  // `threads` may wait at once; at most `waiting` more stand in line. Tells
  // guildhall_rpc_workers_*.
  Workers(int threads, int waiting, telemetry::Metrics& metrics);
  // Runs what is in line, then ends the threads.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // Runs `work` on one of the threads: first come first served, but for writes while they have all
  // of their threads. False, and nothing happens, when the line is full for its kind.
  bool Submit(Kind kind, Work work);

 private:
  struct Place {
    std::uint64_t number;  // in the order of coming
    Work work;
  };

  void Run();
  // The line whose first is next, or null. What follows is called under the lock.
  std::deque<Place>* Next();
  Work Take(std::deque<Place>& line);
  // Whether a thread should be woken now; the caller does it without the lock.
  bool WantsAnother();
  void TellWaiting();

  const int most_writing_;
  const std::size_t most_waiting_, most_waiting_writes_;
  telemetry::Gauge& busy_;
  telemetry::Gauge& waiting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_, as what follows but the threads.
  std::deque<Place> reads_, writes_;
  std::uint64_t came_ = 0;
  int writing_ = 0;
  int asleep_ = 0;
  bool waking_ = false;  // one was woken and has not come yet
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace guildhall::rpc
