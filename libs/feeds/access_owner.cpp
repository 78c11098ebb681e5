#include "libs/feeds/access_owner.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/check.h"
#include "libs/base/refusal.h"
#include "libs/feeds/access_owner_state.h"
#include "libs/feeds/wire.h"
#include "libs/rpc/server.h"

namespace guildhall::feeds {
namespace {

namespace reasons = policy::reasons;

constexpr char kWatchAccess[] = "guildhall.access.v1.InternalAccessService/WatchAccess";

// How long a watcher waits for a change: its lease has most of its time left when it asks again.
constexpr absl::Duration kHold = absl::Milliseconds(300);
// After a commit no lease from before it can be left: its length, and a tenth for clocks that run
// at unequal speed.
const absl::Duration kRunOut = kAccessLease + kAccessLease / 10;
// A settler's revision is read within this, or it is let go by its own time alone.
constexpr absl::Duration kReadSoon = absl::Milliseconds(50);
// A statement of this loop that takes longer has met a database that is away.
constexpr absl::Duration kPatience = absl::Milliseconds(500);
// Notifications make it needless; it bounds what a lost one would cost.
constexpr absl::Duration kLookAnyway = absl::Milliseconds(250);
constexpr absl::Duration kPauseAfterFailure = absl::Milliseconds(50);
constexpr std::int64_t kNobodyKnown = -1;

int NewEvent() {
  const int event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  GUILDHALL_CHECK(event >= 0);
  return event;
}

absl::Status Away() {
  return Refusal(reasons::kDependencyAway, "The owner of the facts cannot say what is true.");
}

}  // namespace

AccessOwner::AccessOwner(postgres::PostgresSettings settings, telemetry::Metrics& metrics,
                         const Clock& clock)
    : settings_(std::move(settings)),
      clock_(clock),
      settle_seconds_(metrics.HistogramOf(
          "guildhall_access_settle_seconds",
          "How long calls that changed facts waited until every lease had the change.")),
      overdue_(metrics.CounterOf(
          "guildhall_access_leases_run_out_total",
          "Times that a lease had to run out, for a call or between calls: a watcher died or "
          "hangs.")),
      watchers_known_(metrics.GaugeOf("guildhall_access_watchers",
                                      "Processes that may hold a lease on this service's facts.")),
      wake_(NewEvent()),
      thread_([this] { Run(); }) {}

AccessOwner::~AccessOwner() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  Wake();
  thread_.join();
  close(wake_);
}

void AccessOwner::Watch(const Request& request, Answered answered) {
  const std::optional<Uuid> id = UuidFromBytes(request.watcher_id());
  if (!id || id->IsNil()) {
    return answered(Refusal(reasons::kFieldInvalid, "A watcher says who it is.")
                        .Field("watcher_id", "has 16 bytes, not all zero"));
  }
  Watcher watcher{.id = *id,
                  .incarnation = UuidFromBytes(request.incarnation()).value_or(Uuid()),
                  .applied = request.applied_revision(),
                  .release = request.release(),
                  .answered = std::move(answered),
                  .until = Now() + kHold};
  {
    const std::lock_guard lock(mutex_);
    if (!ending_ && (!closed_ || watcher.release)) {
      new_watchers_.push_back(std::move(watcher));
      Wake();
      return;
    }
  }
  watcher.answered(Away());
}

void AccessOwner::Settle(std::function<void()> done) {
  const std::lock_guard lock(mutex_);
  GUILDHALL_CHECK(!ending_);
  new_settlers_.push_back({std::move(done), Now(), std::nullopt, {}});
  Wake();
}

void AccessOwner::SettleBefore(const rpc::Call& call) {
  call.AnswerAfter([this](std::function<void()> answer) { Settle(std::move(answer)); });
}

void AccessOwner::Close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  Wake();
}

void AccessOwner::Wake() { eventfd_write(wake_, 1); }

void AccessOwner::Run() {
  while (true) {
    {
      const std::lock_guard lock(mutex_);
      watchers_.splice(watchers_.end(), new_watchers_);
      settlers_.splice(settlers_.end(), new_settlers_);
      draining_ = closed_ || ending_;
      if (ending_ && !AnybodyWaits()) break;
    }
    absl::Status status = Turn();
    if (status.ok()) status = listener_->Wait(Deadline::After(NextDue()), wake_);
    if (status.ok()) {
      eventfd_t woken;
      eventfd_read(wake_, &woken);
      continue;
    }
    listener_.reset();
    FailWatchers();
    // Time alone lets these go.
    ReleaseSettlers(kNobodyKnown);
    absl::SleepFor(kPauseAfterFailure);
  }
  FailWatchers();
}

std::optional<std::int64_t> AccessOwner::ReleaseSettlers(std::int64_t oldest) {
  std::optional<std::int64_t> run_out;
  for (auto settler = settlers_.begin(); settler != settlers_.end();) {
    const bool applied = settler->revision && *settler->revision <= oldest;
    const absl::Duration waited = Now() - settler->since;
    // One whose revision was read late may not count out leases that were given since.
    const bool lapsed = settler->revision && Now() - settler->read >= kRunOut;
    if (!applied && !lapsed && waited < kRunOut + kReadSoon) {
      ++settler;
      continue;
    }
    if (!applied) overdue_.Increment();
    if (!applied && lapsed) run_out = std::max(run_out.value_or(0), *settler->revision);
    if (settler->done) {
      settle_seconds_.Observe(absl::ToDoubleSeconds(waited));
      settler->done();
    }
    settler = settlers_.erase(settler);
  }
  return run_out;
}

bool AccessOwner::AnybodyWaits() const {
  return std::any_of(settlers_.begin(), settlers_.end(),
                     [](const Settler& settler) { return settler.done != nullptr; });
}

void AccessOwner::FailWatchers() {
  for (const Watcher& watcher : watchers_) watcher.answered(Away());
  watchers_.clear();
}

absl::Duration AccessOwner::NextDue() const {
  absl::Duration due = settlers_.empty() ? kHold : kLookAnyway;
  for (const Watcher& watcher : watchers_) due = std::min(due, watcher.until - Now());
  for (const Settler& settler : settlers_)
    due = std::min(due, settler.since + kRunOut + kReadSoon - Now());
  return std::max(due, absl::ZeroDuration());
}

postgres::Context AccessOwner::Soon() const { return {.deadline = Deadline::After(kPatience)}; }

void Register(AccessOwner& owner, rpc::Server& server) {
  server.Deferred<AccessOwner::Request, AccessOwner::Response>(
      kWatchAccess,
      [&owner](const rpc::Call&, const AccessOwner::Request& request,
               AccessOwner::Answered answered) { owner.Watch(request, std::move(answered)); });
}

}  // namespace guildhall::feeds
