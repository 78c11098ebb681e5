#include "libs/cache/follower.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "libs/base/status_macros.h"
#include "libs/telemetry/log.h"

namespace guildhall::cache {

absl::Status LogReader::RunOnce() {
  const Ticket before = replies_.Note();
  const absl::Duration sent = replies_.clock().Monotonic();
  GUILDHALL_ASSIGN(const Look look, look_(from_, Deadline::After(kOldest)));
  Apply(look);
  replies_.Heard(sent, before, look.horizon);
  return absl::OkStatus();
}

void LogReader::Apply(const Look& look) {
  const bool goes_on = from_ && look.server == server_ && look.horizon >= *from_ &&
                       look.changes.size() <= static_cast<std::size_t>(kMostChanges);
  absl::flat_hash_set<std::int64_t> open;
  if (goes_on) {
    for (const Change& change : look.changes) {
      if (!seen_.contains(change.n)) replies_.Changed(change.tags, change.xid);
      if (change.xid >= look.horizon) open.insert(change.n);
    }
  } else {
    // No row counts as seen: the next look finds those again that are not settled, and then what
    // they changed is known here.
    replies_.Restart(look.horizon, look.server);
  }
  // Whatever has a lower transaction id is settled, and was seen in this look.
  from_ = look.horizon;
  server_ = look.server;
  seen_ = std::move(open);
}

Follower::Follower(Replies& replies, LookAtLog look)
    : replies_(replies), look_(std::move(look)), thread_([this] { Run(); }) {}

Follower::~Follower() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Follower::Run() {
  LogReader reader(replies_, look_);
  bool heard = true;
  std::unique_lock lock(mutex_);
  while (!ending_) {
    lock.unlock();
    const absl::Duration next = SystemClock().Monotonic() + kEvery;
    const absl::Status status = reader.RunOnce();
    replies_.ShowHeard();
    // Once per outage: an absent database is told of by everything else, too.
    if (!status.ok() && std::exchange(heard, false)) {
      telemetry::Log(telemetry::Severity::kWarning, "the change log is not heard of",
                     {{"err.message", std::string(status.message())}});
    }
    if (status.ok()) heard = true;
    lock.lock();
    const absl::Duration pause = std::max(next - SystemClock().Monotonic(), absl::ZeroDuration());
    changed_.wait_for(lock, absl::ToChronoMicroseconds(pause), [this] { return ending_; });
  }
}

}  // namespace guildhall::cache
