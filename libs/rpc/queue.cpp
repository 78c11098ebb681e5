#include "libs/rpc/queue.h"

#include <grpc/support/log.h>
#include <grpc/support/time.h>

#include <condition_variable>
#include <utility>

#include "libs/base/check.h"
#include "libs/base/clock.h"
#include "libs/telemetry/log.h"

namespace guildhall::rpc {
namespace {

constexpr unsigned kEventsPerClock = 32;

void WriteLine(gpr_log_func_args* line) {
  const bool error = line->severity == GPR_LOG_SEVERITY_ERROR;
  telemetry::Log(error ? telemetry::Severity::kWarning : telemetry::Severity::kDebug, "grpc",
                 {{"err.message", line->message}});
}

}  // namespace

Queue::Queue() : cq_(builder_.AddCompletionQueue()) {
  gpr_set_log_function(&WriteLine);  // of the process: once more changes nothing
  thread_ = std::thread([this] { Run(); });
}

Queue::~Queue() {
  GUILDHALL_CHECK(!OnThread());
  // As the last thing posted, so that everything posted before it still runs.
  Post([this] {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    cq_->Shutdown();
  });
  thread_.join();
}

void Queue::Post(Work work) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    posted_.push_back(std::move(work));
    if (waking_) return;
    waking_ = true;
  }
  alarm_.Set(cq_.get(), gpr_time_0(GPR_CLOCK_MONOTONIC), static_cast<Event*>(&wake_));
}

void Queue::Wake::Proceed(bool) { queue.RunPosted(); }

void Queue::RunPosted() {
  std::vector<Work> batch;
  {
    const std::lock_guard lock(mutex_);
    batch.swap(posted_);
    waking_ = false;
  }
  for (Work& work : batch) std::move(work)();
}

void Queue::Await(absl::FunctionRef<void()> work) {
  GUILDHALL_CHECK(!OnThread());
  std::mutex mutex;
  std::condition_variable changed;
  bool done = false;
  Post([&] {
    work();
    const std::lock_guard lock(mutex);
    done = true;
    changed.notify_one();
  });
  std::unique_lock lock(mutex);
  changed.wait(lock, [&] { return done; });
}

void Queue::SetTick(std::function<bool()> tick) {
  Await([&] { tick_ = std::move(tick); });
}

void Queue::Run() {
  const gpr_timespec never = gpr_inf_future(GPR_CLOCK_MONOTONIC);
  const gpr_timespec tick = gpr_time_from_micros(absl::ToInt64Microseconds(kTick), GPR_TIMESPAN);
  gpr_timespec due = gpr_inf_past(GPR_CLOCK_MONOTONIC);
  bool ticking = false;
  for (unsigned events = 0;; ++events) {
    void* tag = nullptr;
    bool ok = false;
    const auto got = cq_->AsyncNext(&tag, &ok, ticking ? due : never);
    if (got == grpc::CompletionQueue::SHUTDOWN) return;
    if (got == grpc::CompletionQueue::GOT_EVENT) static_cast<Event*>(tag)->Proceed(ok);
    // Whatever just happened may want to be looked at when the next tick is due; the clock is read
    // when the queue was empty, or now and then.
    ticking = tick_ != nullptr;
    if (!ticking || (got == grpc::CompletionQueue::GOT_EVENT && events % kEventsPerClock != 0)) {
      continue;
    }
    const gpr_timespec now = gpr_now(GPR_CLOCK_MONOTONIC);
    if (gpr_time_cmp(now, due) < 0) continue;
    ticking = tick_();
    due = gpr_time_add(now, tick);
  }
}

}  // namespace guildhall::rpc
