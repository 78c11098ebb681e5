#include "libs/feeds/follower.h"

namespace guildhall::feeds {

Follower::~Follower() {
  {
    const std::lock_guard lock(mutex_);
    ending_.Cancel();
  }
  changed_.notify_one();
  thread_.join();
}

void Follower::Run() {
  while (!ending_.cancelled()) {
    const absl::Duration pause = step_(ending_);
    if (pause <= absl::ZeroDuration()) continue;
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, absl::ToChronoNanoseconds(pause),
                      [this] { return ending_.cancelled(); });
  }
}

}  // namespace guildhall::feeds
