#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/base/deadline.h"

namespace guildhall::feeds {

// Turns a read that waits, such as a statement on the service's own database, into one that does
// not: it runs on a thread of its own. For the owner's half of RemoteFacts, whose Batches never
// have more than one read under way.
template <typename Key, typename Value>
class OwnStore {
 public:
  using Values = absl::StatusOr<std::vector<Value>>;
  using Read = std::function<Values(const std::vector<Key>&, Deadline)>;

  explicit OwnStore(Read read) : read_(std::move(read)), thread_([this] { Run(); }) {}

  // Ends after the read that runs; what stands behind it is answered CANCELLED.
  ~OwnStore() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }

  // As Batches wants it; must not outlive the store.
  auto AsRead() {
    return [this](std::vector<Key> keys, Deadline deadline, std::function<void(Values)> done) {
      {
        const std::lock_guard lock(mutex_);
        tasks_.push_back({std::move(keys), deadline, std::move(done)});
      }
      changed_.notify_one();
    };
  }

 private:
  struct Task {
    std::vector<Key> keys;
    Deadline deadline;
    std::function<void(Values)> done;
  };

  void Run() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return ending_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      std::vector<Task> tasks = std::exchange(tasks_, {});
      const bool ending = ending_;
      lock.unlock();
      for (Task& task : tasks) {
        task.done(ending ? absl::CancelledError("The service ends.")
                         : read_(task.keys, task.deadline));
      }
      lock.lock();
    }
  }

  const Read read_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Task> tasks_;  // guarded by mutex_
  bool ending_ = false;      // guarded by mutex_
  std::thread thread_;
};

}  // namespace guildhall::feeds
