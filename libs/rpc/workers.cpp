#include "libs/rpc/workers.h"

#include <utility>

namespace guildhall::rpc {

Workers::Workers(int threads, int waiting, telemetry::Metrics& metrics)
    : most_writing_(threads - threads / 4),
      most_waiting_(static_cast<std::size_t>(waiting)),
      most_waiting_writes_(most_waiting_ - most_waiting_ / 4),
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

std::deque<Workers::Place>* Workers::Next() {
  const bool may_write = !writes_.empty() && writing_ < most_writing_;
  if (reads_.empty()) return may_write ? &writes_ : nullptr;
  return may_write && writes_.front().number < reads_.front().number ? &writes_ : &reads_;
}

Workers::Work Workers::Take(std::deque<Place>& line) {
  Work work = std::move(line.front().work);
  line.pop_front();
  TellWaiting();
  return work;
}

bool Workers::WantsAnother() {
  if (asleep_ == 0 || waking_ || Next() == nullptr) return false;
  return waking_ = true;
}

void Workers::TellWaiting() { waiting_.Set(static_cast<double>(reads_.size() + writes_.size())); }

bool Workers::Submit(Kind kind, Work work) {
  bool wake;
  {
    const std::lock_guard lock(mutex_);
    if (reads_.size() + writes_.size() >= most_waiting_) return false;
    if (kind == Kind::kWrite && writes_.size() >= most_waiting_writes_) return false;
    (kind == Kind::kWrite ? writes_ : reads_).push_back({came_++, std::move(work)});
    TellWaiting();
    wake = WantsAnother();
  }
  if (wake) changed_.notify_one();
  return true;
}

void Workers::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    std::deque<Place>* const line = Next();
    if (line == nullptr) {
      // Writes that wait for others are run by whoever runs these.
      if (ending_) return;
      ++asleep_;
      changed_.wait(lock);
      --asleep_;
      waking_ = false;
      continue;
    }
    const int writes = line == &writes_ ? 1 : 0;
    Work work = Take(*line);
    writing_ += writes;
    const bool wake = WantsAnother();
    lock.unlock();
    if (wake) changed_.notify_one();
    busy_.Increment();
    std::move(work)();
    busy_.Decrement();
    lock.lock();
    writing_ -= writes;
  }
}

}  // namespace guildhall::rpc
