#include "libs/service/periodic.h"

#include <algorithm>
#include <chrono>

#include "libs/telemetry/log.h"

namespace guildhall::service {
namespace {

// What fails mostly fails again at once: another service that is away is not asked twenty times a
// second, nor the log filled.
constexpr absl::Duration kAfterFailure = absl::Seconds(1);

}  // namespace

Periodic::Periodic(std::vector<Task> tasks, telemetry::Metrics& metrics, const Clock& clock)
    : clock_(clock) {
  for (Task& task : tasks) {
    telemetry::Counter& failures =
        metrics.CounterOf("guildhall_upkeep_failures_total", "Runs of a periodic task that failed.",
                          {{"task", task.name}});
    entries_.push_back({std::move(task), failures, clock_.Monotonic()});
  }
  thread_ = std::thread([this] { Run(); });
}

Periodic::~Periodic() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Periodic::Run() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    lock.unlock();
    RunDue(clock_.Monotonic());
    absl::Duration next = absl::Hours(1);
    for (const Entry& entry : entries_) next = std::min(next, entry.due - clock_.Monotonic());
    lock.lock();
    changed_.wait_for(lock, absl::ToChronoMilliseconds(std::max(next, absl::Milliseconds(1))),
                      [this] { return ending_; });
  }
}

void Periodic::RunDue(absl::Duration now) {
  for (Entry& entry : entries_) {
    if (entry.due > now) continue;
    entry.due = now + entry.task.every;
    const absl::Status status = entry.task.run(clock_.Now());
    if (status.ok()) continue;
    entry.due = now + std::max(entry.task.every, kAfterFailure);
    entry.failures.Increment();
    telemetry::Log(telemetry::Severity::kWarning, "upkeep failed",
                   {{"task", entry.task.name}, {"err.message", std::string(status.message())}});
  }
}

}  // namespace guildhall::service
