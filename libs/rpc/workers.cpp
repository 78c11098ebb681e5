#include "libs/rpc/workers.h"

#include <utility>

namespace guildhall::rpc {

Workers::Workers(int threads, int waiting, telemetry::Metrics& metrics)
    : most_waiting_(static_cast<std::size_t>(waiting)),
      busy_(metrics.GaugeOf("guildhall_rpc_workers_busy", "Workers that run a handler.")),
      waiting_(metrics.GaugeOf("guildhall_rpc_workers_waiting_calls",
                               "Calls that stand in line for a worker.")) {
  metrics.GaugeOf("guildhall_rpc_workers", "Workers for handlers.").Set(threads);
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Run(); });
}

Workers::~Workers() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool Workers::WantsAnother() {
  if (line_.empty() || asleep_ == 0 || waking_) return false;
  return waking_ = true;
}

bool Workers::Submit(Work work) {
  bool wake;
  {
    const std::lock_guard lock(mutex_);
    if (line_.size() >= most_waiting_) return false;
    line_.push_back(std::move(work));
    waiting_.Set(static_cast<double>(line_.size()));
    wake = WantsAnother();
  }
  if (wake) changed_.notify_one();
  return true;
}

void Workers::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    if (line_.empty()) {
      if (ending_) return;
      ++asleep_;
      changed_.wait(lock);
      --asleep_;
      waking_ = false;
      continue;
    }
    Work work = std::move(line_.front());
    line_.pop_front();
    waiting_.Set(static_cast<double>(line_.size()));
    const bool wake = WantsAnother();
    lock.unlock();
    if (wake) changed_.notify_one();
    busy_.Increment();
    std::move(work)();
    busy_.Decrement();
    lock.lock();
  }
}

}  // namespace guildhall::rpc
