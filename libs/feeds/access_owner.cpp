#include "libs/feeds/access_owner.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "feeds/statements.h"
#include "guildhall/access/v1/internal_access_service.pb.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/check.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/feeds/wire.h"
#include "libs/rpc/server.h"

namespace guildhall::feeds {
namespace {

namespace reasons = policy::reasons;

constexpr char kChannel[] = "access";
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
// A watcher that is further behind forgets everything instead.
constexpr std::int32_t kMostChanges = 1'000;
constexpr std::int64_t kNobodyKnown = -1;
// Far more than a deployment has; a peer that makes up names gets no lease.
constexpr std::size_t kMostWatchers = 1'000;

absl::Duration Now() { return SystemClock().Monotonic(); }

int NewEvent() {
  const int event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  GUILDHALL_CHECK(event >= 0);
  return event;
}

absl::Status Away() {
  return Refusal(reasons::kDependencyAway, "The owner of the facts cannot say what is true.");
}

}  // namespace

struct AccessOwner::Watcher {
  Uuid id;
  Uuid incarnation;
  std::int64_t applied = 0;
  bool release = false;
  Answered answered;
  absl::Duration until;  // when it is answered without a change
  bool leased = false;

  void Answer(Response response) const {
    response.set_leased(leased);
    answered(std::move(response));
  }
};

struct AccessOwner::Settler {
  std::function<void()> done;
  absl::Duration since;
  // What everybody has to have applied: where the facts stood at a moment after `since`.
  std::optional<std::int64_t> revision;
  absl::Duration read;  // before which every lease below `revision` was given
};

struct AccessOwner::Changes {
  std::int64_t until = 0;  // the revision up to which a watcher has to be told
  postgres::Rows rows;

  // Everything after `applied`, or that everything is to be forgotten.
  void TellSince(std::int64_t applied, Response& response) const;
};

struct AccessOwner::State {
  Uuid incarnation;
  std::int64_t revision = 0;
  std::map<Uuid, std::int64_t> applied;  // by watcher
};

AccessOwner::AccessOwner(postgres::PostgresSettings settings, telemetry::Metrics& metrics)
    : settings_(std::move(settings)),
      settle_seconds_(metrics.HistogramOf(
          "guildhall_access_settle_seconds",
          "How long calls that changed facts waited until every lease had the change.")),
      overdue_(metrics.CounterOf(
          "guildhall_access_leases_run_out_total",
          "Calls that had to wait for a lease to run out: a watcher died or hangs.")),
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
      if (ending_ && settlers_.empty()) break;
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

absl::Status AccessOwner::Turn() {
  if (listener_ == nullptr) {
    GUILDHALL_ASSIGN(listener_, postgres::Listener::Open(settings_, kChannel, Soon()));
  }
  const absl::Duration before = Now();
  GUILDHALL_ASSIGN(State state, Read());
  for (Settler& settler : settlers_) {
    if (settler.revision) continue;
    settler.revision = state.revision;
    settler.read = before;
  }
  watchers_known_.Set(static_cast<double>(state.applied.size()));
  GUILDHALL_TRY(Renew(state));
  GUILDHALL_TRY(AnswerWatchers(state));
  std::int64_t oldest = state.revision;
  for (const auto& [watcher, applied] : state.applied) oldest = std::min(oldest, applied);
  if (const std::optional<std::int64_t> run_out = ReleaseSettlers(oldest)) {
    GUILDHALL_TRY(listener_->Run(Soon(), sql::kForgetAccessLeases, *run_out).status());
  }
  return ForgetOldChanges(state);
}

absl::Status AccessOwner::ForgetOldChanges(const State& state) {
  if (state.revision < forget_at_) return absl::OkStatus();
  forget_at_ = state.revision + kMostChanges;
  return listener_->Run(Soon(), sql::kForgetAccessChanges, kMostChanges).status();
}

absl::StatusOr<AccessOwner::State> AccessOwner::Read() {
  GUILDHALL_ASSIGN(const postgres::Rows rows, listener_->Run(Soon(), sql::kGetAccessState));
  if (rows.empty()) return absl::InternalError("access_head has lost its row");
  State state;
  for (const postgres::Row row : rows) {
    state.incarnation = row.Get<Uuid>(0);
    state.revision = row.Get<std::int64_t>(1);
    if (const auto watcher = row.Get<std::optional<Uuid>>(2)) {
      state.applied[*watcher] = row.Get<std::int64_t>(3);
    }
  }
  return state;
}

// A lease that stands in the table with the head's revision is renewed by having been read: it was
// there before whoever changes facts next commits. Another one has to be written first.
absl::Status AccessOwner::Renew(State& state) {
  std::vector<Uuid> ids;
  std::vector<std::int64_t> applied;
  for (Watcher& watcher : watchers_) {
    if (watcher.release) {
      GUILDHALL_TRY(listener_->Run(Soon(), sql::kForgetAccessLease, watcher.id).status());
      state.applied.erase(watcher.id);
      continue;
    }
    if (watcher.leased || watcher.incarnation != state.incarnation ||
        watcher.applied != state.revision) {
      continue;
    }
    const auto known = state.applied.find(watcher.id);
    watcher.leased = known != state.applied.end() && known->second == state.revision;
    if (watcher.leased || state.applied.size() + ids.size() >= kMostWatchers) continue;
    ids.push_back(watcher.id);
    applied.push_back(watcher.applied);
  }
  if (ids.empty()) return absl::OkStatus();
  const absl::StatusOr<postgres::Rows> rows =
      listener_->Run(Soon(), sql::kStoreAccessLeases, ids, applied);
  // Whoever changes facts holds the head: no lease until that is over.
  if (Is(rows.status(), reasons::kBusy)) return absl::OkStatus();
  GUILDHALL_TRY(rows.status());
  if (rows->empty()) return absl::InternalError("access_head has lost its row");
  // What is behind the head by now was not stored, and is told what it lacks in the next round.
  state.revision = (*rows->begin()).Get<std::int64_t>(0);
  for (Watcher& watcher : watchers_) {
    if (std::find(ids.begin(), ids.end(), watcher.id) == ids.end()) continue;
    watcher.leased = watcher.applied == state.revision;
    if (watcher.leased) state.applied[watcher.id] = watcher.applied;
  }
  return absl::OkStatus();
}

absl::Status AccessOwner::AnswerWatchers(const State& state) {
  GUILDHALL_ASSIGN(const Changes changes, ChangesToTell(state));
  for (auto watcher = watchers_.begin(); watcher != watchers_.end();) {
    const bool behind =
        watcher->applied != state.revision || watcher->incarnation != state.incarnation;
    if (!behind && !watcher->release && !draining_ && Now() < watcher->until) {
      ++watcher;
      continue;
    }
    Response response;
    if (watcher->incarnation != state.incarnation || watcher->applied > state.revision) {
      response.set_reset(true);
    } else if (behind) {
      changes.TellSince(watcher->applied, response);
    }
    response.set_revision(std::max(state.revision, response.revision()));
    response.set_incarnation(BytesOf(state.incarnation));
    watcher->Answer(std::move(response));
    watcher = watchers_.erase(watcher);
  }
  return absl::OkStatus();
}

// Read once for all: from the one that lacks most.
absl::StatusOr<AccessOwner::Changes> AccessOwner::ChangesToTell(const State& state) {
  Changes changes{.until = state.revision};
  std::int64_t lowest = state.revision;
  for (const Watcher& watcher : watchers_) {
    if (watcher.incarnation == state.incarnation) lowest = std::min(lowest, watcher.applied);
  }
  if (lowest == state.revision) return changes;
  GUILDHALL_ASSIGN(changes.rows,
                   listener_->Run(Soon(), sql::kListAccessChanges, lowest, kMostChanges + 1));
  return changes;
}

void AccessOwner::Changes::TellSince(std::int64_t applied, Response& response) const {
  std::int64_t last = applied;
  // Some may have been dropped already, or be too many to tell.
  bool whole = rows.size() <= kMostChanges;
  for (const postgres::Row row : rows) {
    const auto revision = row.Get<std::int64_t>(0);
    if (!whole || revision <= applied) continue;
    whole = revision <= last + 1;
    last = revision;
    access::v1::AccessChange& change = *response.add_changes();
    change.set_kind(static_cast<access::v1::AccessChangeKind>(row.Get<std::int32_t>(1)));
    change.set_subject_id(BytesOf(row.Get<Uuid>(2)));
    change.set_object_id(BytesOf(row.Get<Uuid>(3)));
  }
  if (whole && last >= until) return response.set_revision(last);
  response.clear_changes();
  response.set_reset(true);
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
    settle_seconds_.Observe(absl::ToDoubleSeconds(waited));
    settler->done();
    settler = settlers_.erase(settler);
  }
  return run_out;
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
