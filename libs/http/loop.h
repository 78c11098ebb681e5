#pragma once

#include <functional>
#include <memory>

namespace guildhall::http {

// One thread that waits for sockets and timers and runs what is due. Servers and upstreams that
// share a loop hand bytes to each other without a lock or a change of thread; two loops measured no
// faster than one on two cores.
//
// Everything of this library that says "on the loop" is called from tasks and callbacks of that
// loop only. A task that blocks, blocks every connection.
class Loop {
 public:
  Loop();
  // Stops.
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Starts the thread. Call once.
  void Start();

  // Ends the thread after the task that runs; what else is due never runs. Idempotent, from any
  // other thread. Servers and upstreams may be destroyed once it has returned.
  void Stop();

  // Runs `task` on the loop, soon. From any thread.
  void Post(std::function<void()> task);

  // Posts `task` and returns when it has run. From any other thread, while the loop runs.
  void Await(const std::function<void()>& task);

  // The inside, for the sources of this library.
  struct Impl;
  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::http
