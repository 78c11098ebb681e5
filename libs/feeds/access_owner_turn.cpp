#include <algorithm>
#include <utility>

#include "feeds/statements.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/feeds/access_changes.h"
#include "libs/feeds/access_owner.h"
#include "libs/feeds/access_owner_state.h"
#include "libs/feeds/wire.h"

namespace guildhall::feeds {
namespace {

namespace reasons = policy::reasons;

constexpr char kChannel[] = "access";
// A watcher that is further behind forgets everything instead.
constexpr std::int32_t kMostChanges = 1'000;
// Far more than a deployment has; a peer that makes up names gets no lease.
constexpr std::size_t kMostWatchers = 1'000;
// How long nothing may change before it is looked whether all who hold leases live. Each time costs
// a row for the change and one per watcher.
constexpr absl::Duration kProbeAfter = absl::Seconds(10);

}  // namespace

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
  GUILDHALL_TRY(FindTheDead(state));
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

absl::Status AccessOwner::FindTheDead(const State& state) {
  const bool quiet = state.revision == probed_ && !state.applied.empty() && !draining_;
  probed_ = state.revision;
  if (quiet && Now() < probe_at_) return absl::OkStatus();
  probe_at_ = Now() + kProbeAfter;
  if (!quiet) return absl::OkStatus();
  // How nobody stands to nothing.
  const std::vector<std::int32_t> kinds = {static_cast<int>(AccessChange::Kind::kMembership)};
  const std::vector<Uuid> nil(1);
  const absl::Status noted =
      listener_->Run(Soon(), sql::kNoteAccessChanges, kinds, nil, nil).status();
  // Whoever is changing facts right now finds the dead as well.
  if (Is(noted, reasons::kBusy)) return absl::OkStatus();
  GUILDHALL_TRY(noted);
  settlers_.push_back({.done = nullptr, .since = Now(), .revision = std::nullopt, .read = {}});
  return absl::OkStatus();
}

absl::StatusOr<AccessOwner::State> AccessOwner::Read() {
  GUILDHALL_ASSIGN(postgres::Rows rows, listener_->Run(Soon(), sql::kGetAccessState));
  if (rows.empty()) {
    // Restored, or a standby that took over: what watchers know is of another past.
    GUILDHALL_TRY(listener_->Run(Soon(), sql::kRenewAccessIncarnation).status());
    GUILDHALL_ASSIGN(rows, listener_->Run(Soon(), sql::kGetAccessState));
  }
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

}  // namespace guildhall::feeds
