#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/base/clock.h"
#include "libs/telemetry/metrics.h"

namespace guildhall::service {

// Upkeep of a process: small tasks, one after the other, on one thread. For work that is safe to
// run in several processes at once; work that must run in one alone wants a lease, which this has
// not.
class Periodic {
 public:
  struct Task {
    std::string name;  // label of the metric and in the log, such as "purge_claims"
    absl::Duration every;
    std::function<absl::Status(absl::Time now)> run;
  };

  // Runs each task at once and then `every` so often, until it is destroyed. A task that fails is
  // logged, counted in guildhall_upkeep_failures_total{task} and tried again at its next time, a
  // second later at the soonest.
  Periodic(std::vector<Task> tasks, telemetry::Metrics& metrics,
           const Clock& clock = SystemClock());

  // Waits for the task that runs.
  ~Periodic();
  Periodic(const Periodic&) = delete;
  Periodic& operator=(const Periodic&) = delete;

 private:
  struct Entry {
    Task task;
    telemetry::Counter& failures;
    absl::Duration due;  // monotonic
  };
  void Run();
  void RunDue(absl::Duration now);

  const Clock& clock_;
  std::vector<Entry> entries_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ending_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace guildhall::service
