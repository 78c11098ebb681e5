#include "libs/changelog/relay_thread.h"

#include <algorithm>
#include <utility>

#include "libs/telemetry/log.h"

namespace guildhall::changelog {
namespace {

// For a page of the log; longer than a sound database ever takes.
constexpr absl::Duration kPatience = absl::Seconds(2);
constexpr absl::Duration kGoodbye = absl::Milliseconds(200);
constexpr absl::Duration kPauseAfterFailure = absl::Milliseconds(250);

}  // namespace

RelayThread::RelayThread(RelayParts parts) : relay_(std::move(parts)), thread_([this] { Run(); }) {}

RelayThread::~RelayThread() {
  {
    const std::lock_guard lock(mutex_);
    ending_.Cancel();
  }
  changed_.notify_one();
  thread_.join();
}

void RelayThread::Run() {
  bool failing = false;
  while (!ending_.cancelled()) {
    const absl::Status status =
        relay_.RunOnce({.deadline = Deadline::After(kPatience), .cancellation = &ending_}).status();
    if (!status.ok() && !failing && !ending_.cancelled()) {
      telemetry::Log(telemetry::Severity::kWarning, "changes are not published",
                     {{"err.message", std::string(status.message())}});
    }
    failing = !status.ok();
    const absl::Duration pause =
        std::max(relay_.pause(), failing ? kPauseAfterFailure : absl::ZeroDuration());
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, absl::ToChronoNanoseconds(pause),
                      [this] { return ending_.cancelled(); });
  }
  relay_.Release({.deadline = Deadline::After(kGoodbye)});
}

}  // namespace guildhall::changelog
