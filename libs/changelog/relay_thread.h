#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "libs/base/cancellation.h"
#include "libs/changelog/relay.h"

namespace guildhall::changelog {

// Runs a relay on a thread of its own until it is destroyed; then another process may publish at
// once. Failures are logged when they begin.
class RelayThread {
 public:
  explicit RelayThread(RelayParts parts);
  ~RelayThread();
  RelayThread(const RelayThread&) = delete;
  RelayThread& operator=(const RelayThread&) = delete;

 private:
  void Run();

  Relay relay_;
  Cancellation ending_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::thread thread_;
};

}  // namespace guildhall::changelog
