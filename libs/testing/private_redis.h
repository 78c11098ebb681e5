#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

#include "libs/redis/settings.h"
#include "libs/testing/process.h"

namespace guildhall::testing {

// A real Redis of a test's own: Unix socket only, in a folder of its own, keeps nothing on disk,
// gone with the program even when that is killed. It starts in some 10 ms. Make it on the main
// thread: the kernel ends a child with the thread that started it.
class PrivateRedis {
 public:
  // How the local stack configures it: the memory is bounded, what has a time to live makes room.
  struct Memory {
    std::string_view limit = "64mb";
    std::string_view policy = "volatile-lru";
  };

  explicit PrivateRedis(Memory memory);
  PrivateRedis() : PrivateRedis(Memory()) {}
  ~PrivateRedis();
  PrivateRedis(const PrivateRedis&) = delete;
  PrivateRedis& operator=(const PrivateRedis&) = delete;

  // Kills the server, with all that it holds, and waits until it is gone.
  void Stop();
  // Starts an empty one at the same place and waits until it answers.
  void Start();
  // Freezes and thaws it: it is there, takes connections, and does not answer.
  void Pause();
  void Resume();
  // Forgets everything (FLUSHALL).
  void Flush();

  redis::RedisSettings settings() const;
  const std::string& folder() const { return folder_; }

 private:
  const Memory memory_;
  const RunAs as_;
  const std::string folder_;
  const int on_death_;
  pid_t server_ = 0;
};

}  // namespace guildhall::testing
