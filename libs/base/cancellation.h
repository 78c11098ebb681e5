#pragma once

#include <atomic>

namespace guildhall {

// Tells the one who works that nobody waits any more. One thread cancels, any thread asks; a wait
// in poll(2) takes `fd()` along and wakes when it becomes readable.
class Cancellation {
 public:
  Cancellation() = default;
  ~Cancellation();
  Cancellation(const Cancellation&) = delete;
  Cancellation& operator=(const Cancellation&) = delete;

  // Idempotent.
  void Cancel();
  bool cancelled() const { return cancelled_.load(std::memory_order_acquire); }

  // A descriptor that is readable once cancelled; made on the first demand, so that a call which
  // never waits costs none. -1 when the process has no descriptor left: poll ignores it.
  int fd();

 private:
  std::atomic<bool> cancelled_{false};
  std::atomic<int> fd_{-1};
};

}  // namespace guildhall
