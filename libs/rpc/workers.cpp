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

bool Workers::Submit(Work work) {
  {
    const std::lock_guard lock(mutex_);
    if (line_.size() >= most_waiting_) return false;
    line_.push_back(std::move(work));
    waiting_.Set(static_cast<double>(line_.size()));
  }
  changed_.notify_one();
  return true;
}

void Workers::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ending_ || !line_.empty(); });
    if (line_.empty()) return;
    Work work = std::move(line_.front());
    line_.pop_front();
    waiting_.Set(static_cast<double>(line_.size()));
    lock.unlock();
    busy_.Increment();
    std::move(work)();
    busy_.Decrement();
    lock.lock();
  }
}

}  // namespace guildhall::rpc
