#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "absl/time/time.h"
#include "libs/base/cancellation.h"

namespace guildhall::feeds {

// A thread that follows something: it calls `step` again and again, with a pause of as long as the
// step answers. A step that waits gives up when the cancellation comes, which ends the thread.
class Follower {
 public:
  using Step = std::function<absl::Duration(Cancellation& ending)>;

  explicit Follower(Step step) : step_(std::move(step)), thread_([this] { Run(); }) {}
  // Cancels the step that runs and waits for its end.
  ~Follower();
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

 private:
  void Run();

  const Step step_;
  Cancellation ending_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::thread thread_;
};

}  // namespace guildhall::feeds
