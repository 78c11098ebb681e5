#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "guildhall/access/v1/internal_access_service.pb.h"
#include "libs/base/cancellation.h"
#include "libs/base/random.h"
#include "libs/feeds/known_facts.h"
#include "libs/postgres/context.h"
#include "libs/rpc/client.h"
#include "libs/rpc/queue.h"
#include "libs/telemetry/metrics.h"

namespace guildhall::feeds {

class AccessOwner;

// The watcher's half: keeps what a process knows of one owner's facts under a lease, on a thread of
// its own. While the owner is away the lease runs out and nothing that is known counts; when it is
// back the watch goes on by itself.
class AccessWatch {
 public:
  using Request = access::v1::WatchAccessRequest;
  using Response = access::v1::WatchAccessResponse;
  // Asks the owner and waits for the answer.
  using Ask = std::function<absl::StatusOr<Response>(const Request&, const postgres::Context&)>;

  // `owner` names it in metrics; `known` is of the queue's thread; all outlive the watch.
  AccessWatch(rpc::Queue& queue, std::string owner, Ask ask, Known& known,
              telemetry::Metrics& metrics);
  // Gives the lease back, so that nobody waits for it to run out.
  ~AccessWatch();
  AccessWatch(const AccessWatch&) = delete;
  AccessWatch& operator=(const AccessWatch&) = delete;

 private:
  void Run();
  void Apply(const Response& response, absl::Duration sent);
  void Pause();

  rpc::Queue& queue_;
  const Ask ask_;
  Known& known_;
  telemetry::Gauge& held_;
  telemetry::Counter& changes_;
  telemetry::Counter& resets_;
  Cancellation ending_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Request request_;        // of the thread
  absl::Duration forgot_;  // of the queue's thread: when everything was forgotten
  std::thread thread_;
};

// The way to an owner in another process, and to the one in this process.
AccessWatch::Ask WatchOver(rpc::Client& owner);
AccessWatch::Ask WatchWithin(AccessOwner& owner);

}  // namespace guildhall::feeds
