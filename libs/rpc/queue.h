#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/server_builder.h>

#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/functional/function_ref.h"
#include "absl/time/time.h"

namespace guildhall::rpc {

// One gRPC completion queue and the one thread that serves it: everything of an engine that is not
// on a worker happens here, so it needs no locks. A second queue or thread costs CPU on machines
// whose cores other services share (measured: 13 against 17 us per call).
//
// Nothing on the thread may wait. Other threads hand results back by Post.
class Queue {
 public:
  // What a gRPC tag points to. Lives until Proceed has been called.
  class Event {
   public:
    // On the queue's thread; `ok` as gRPC gave it.
    virtual void Proceed(bool ok) = 0;

   protected:
    ~Event() = default;
  };
  using Work = absl::AnyInvocable<void()>;

  // Starts the thread. From the first queue on, what gRPC itself has to say goes through
  // libs/telemetry: its errors as warnings, the rest as debug lines.
  Queue();
  // Serves what is under way to its end, then ends the thread. Whatever uses the queue is gone
  // before: servers, clients.
  ~Queue();
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;

  // Runs `work` on the queue's thread, in the order of the calls. Thread-safe. All that is posted
  // while the thread is busy arrives with one grpc::Alarm: finishing calls from a foreign thread
  // would move gRPC's work to a thread of its own (measured: 28 against 20 us per call).
  void Post(Work work);

  // Runs `work` on the thread and returns when it has run. Not from the thread itself.
  void Await(absl::FunctionRef<void()> work);

  bool OnThread() const { return std::this_thread::get_id() == thread_.get_id(); }

  // Calls `tick` on the thread about every kTick for as long as it answers true; after it answered
  // false, again when there is something to do. One tick per queue; an empty one ends it, and
  // then none is running any more. Not from the thread itself.
  static constexpr absl::Duration kTick = absl::Milliseconds(10);
  void SetTick(std::function<bool()> tick);

  grpc::ServerCompletionQueue* cq() { return cq_.get(); }
  // The builder of the one server that may use this queue.
  grpc::ServerBuilder& builder() { return builder_; }

 private:
  struct Wake final : Event {
    explicit Wake(Queue& q) : queue(q) {}
    void Proceed(bool ok) override;
    Queue& queue;
  };

  void Run();
  void RunPosted();

  grpc::ServerBuilder builder_;
  std::unique_ptr<grpc::ServerCompletionQueue> cq_;
  Wake wake_{*this};
  std::function<bool()> tick_;  // of the thread alone

  std::mutex mutex_;
  std::vector<Work> posted_;  // guarded by mutex_
  bool waking_ = false;       // guarded by mutex_: the alarm is set and has not come yet
  bool closed_ = false;       // guarded by mutex_
  grpc::Alarm alarm_;         // of whoever turned waking_ from false to true

  std::thread thread_;
};

}  // namespace guildhall::rpc
