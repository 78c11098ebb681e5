#pragma once

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/clock.h"
#include "libs/base/uuid.h"
#include "libs/postgres/context.h"
#include "libs/postgres/listener.h"
#include "libs/postgres/settings.h"
#include "libs/telemetry/metrics.h"

namespace guildhall::access::v1 {
class WatchAccessRequest;
class WatchAccessResponse;
}  // namespace guildhall::access::v1

namespace guildhall::rpc {
class Call;
class Server;
}  // namespace guildhall::rpc

namespace guildhall::feeds {

// How long a watcher may decide from what it knows, from when it sent its request.
inline constexpr absl::Duration kAccessLease = absl::Seconds(2);

// The owner's half of the access watch: leases to those who keep facts, and calls that change facts
// held back until every lease has them. Each process of an owner has one; they agree through the
// database.
//
// A lease is only ever given to who has applied everything, so whatever was decided without a
// change is decided under a lease from before its commit: after kAccessLease, and a little for
// clocks that run unevenly, none is left. Waiting holds no worker.
class AccessOwner {
 public:
  // Needs the migrations of this library. Starts a thread with a connection of its own.
  AccessOwner(postgres::PostgresSettings settings, telemetry::Metrics& metrics,
              const Clock& clock = SystemClock());
  // Answers everybody who waits, then ends the thread.
  ~AccessOwner();
  AccessOwner(const AccessOwner&) = delete;
  AccessOwner& operator=(const AccessOwner&) = delete;

  using Request = access::v1::WatchAccessRequest;
  using Response = access::v1::WatchAccessResponse;
  using Answered = std::function<void(absl::StatusOr<const Response*>)>;  // as rpc::Answered

  // InternalAccessService.WatchAccess. Answers once, on any thread.
  void Watch(const Request& request, Answered answered);

  // Calls `done`, once and on any thread, when all that was committed before this call is known to
  // everybody who holds a lease; within kAccessLease and a little, even without the database.
  void Settle(std::function<void()> done);

  // Holds the answer of a write back until its changes have settled. On every way to an OK, a
  // repeat's too: the first call may have died between its commit and its answer.
  void SettleBefore(const rpc::Call& call);

  // From now on watchers are sent away, to another process; who gives a lease back is heard. Before
  // the drain of the server.
  void Close();

 private:
  struct Watcher;
  struct Settler;
  struct Changes;
  struct State;

  absl::Duration Now() const { return clock_.Monotonic(); }
  void Run();
  // One round: what came in, where the facts stand, who can be answered.
  absl::Status Turn();
  absl::StatusOr<State> Read();
  absl::Status Renew(State& state);
  absl::Status AnswerWatchers(const State& state);
  absl::StatusOr<Changes> ChangesToTell(const State& state);
  // Lets those go whose changes everybody up to `oldest` has, and those for whom every lease has
  // run out; the revision of the latter.
  std::optional<std::int64_t> ReleaseSettlers(std::int64_t oldest);
  // Now and then: more than anybody is told are never kept for long.
  absl::Status ForgetOldChanges(const State& state);
  // Makes a change of nothing when there was none for a while: whoever does not apply it is dead,
  // and found out before a call has to wait for it.
  absl::Status FindTheDead(const State& state);
  bool AnybodyWaits() const;
  void FailWatchers();
  absl::Duration NextDue() const;
  postgres::Context Soon() const;
  void Wake();

  const postgres::PostgresSettings settings_;
  const Clock& clock_;
  telemetry::Histogram& settle_seconds_;
  telemetry::Counter& overdue_;
  telemetry::Gauge& watchers_known_;
  const int wake_;  // an eventfd

  std::mutex mutex_;
  std::list<Watcher> new_watchers_;  // guarded by mutex_
  std::list<Settler> new_settlers_;  // guarded by mutex_
  bool closed_ = false;              // guarded by mutex_
  bool ending_ = false;              // guarded by mutex_

  // Of the thread.
  std::unique_ptr<postgres::Listener> listener_;
  std::list<Watcher> watchers_;
  std::list<Settler> settlers_;
  bool draining_ = false;
  std::int64_t forget_at_ = 0;  // revision
  std::int64_t probed_ = -1;    // revision
  absl::Duration probe_at_;
  std::thread thread_;
};

// Puts InternalAccessService into the table of an owner's server.
void Register(AccessOwner& owner, rpc::Server& server);

}  // namespace guildhall::feeds
