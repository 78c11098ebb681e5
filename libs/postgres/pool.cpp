#include "libs/postgres/pool.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>
#include <utility>

#include "libs/base/check.h"
#include "libs/base/clock.h"
#include "libs/base/status_macros.h"
#include "libs/postgres/wait.h"

namespace guildhall::postgres::internal {
namespace {

// How long a cancelled call may stand in the queue before it notices.
constexpr absl::Duration kGlance = absl::Milliseconds(20);

}  // namespace

Pool::Pool(PostgresSettings settings, Purpose purpose, int size, Meters meters)
    : settings_(std::move(settings)), purpose_(purpose), size_(size), meters_(meters) {
  GUILDHALL_CHECK(size > 0);
}

Pool::Lease::~Lease() {
  if (connection_) pool_->Return(std::move(connection_));
}

absl::StatusOr<Pool::Lease> Pool::Acquire(const Context& context) {
  if (!meters_.on()) return Find(context);
  const absl::Duration start = SystemClock().Monotonic();
  absl::StatusOr<Lease> lease = Find(context);
  meters_.Waited(SystemClock().Monotonic() - start);
  return lease;
}

absl::StatusOr<Pool::Lease> Pool::Find(const Context& context) {
  while (true) {
    // Before anything is sent: a call that comes too late costs no connection.
    GUILDHALL_TRY(CheckAwaited(context));
    GUILDHALL_ASSIGN(std::unique_ptr<Connection> connection, Take(context));
    if (connection != nullptr) {
      // The server may have closed it while it rested.
      if (connection->IsQuiet()) return Lease(this, std::move(connection));
      connection.reset();
      Forget();
      continue;
    }
    auto opened = Connection::Open(settings_, purpose_, meters_, context);
    if (!opened.ok()) {
      Forget();
      return std::move(opened).status();
    }
    return Lease(this, *std::move(opened));
  }
}

absl::StatusOr<std::unique_ptr<Connection>> Pool::Take(const Context& context) {
  std::unique_lock lock(mutex_);
  while (resting_.empty() && open_ == size_) GUILDHALL_TRY(WaitForChange(lock, context));
  if (resting_.empty()) {
    ++open_;
    return nullptr;
  }
  std::unique_ptr<Connection> connection = std::move(resting_.back());
  resting_.pop_back();
  return connection;
}

absl::Status Pool::WaitForChange(std::unique_lock<std::mutex>& lock, const Context& context) {
  GUILDHALL_TRY(CheckAwaited(context));
  const absl::Duration remaining = context.deadline.Remaining();
  if (context.cancellation != nullptr || remaining < absl::InfiniteDuration()) {
    const absl::Duration wait =
        context.cancellation != nullptr ? std::min(remaining, kGlance) : remaining;
    changed_.wait_for(lock, absl::ToChronoNanoseconds(wait));
  } else {
    changed_.wait(lock);
  }
  return absl::OkStatus();
}

void Pool::Return(std::unique_ptr<Connection> connection) {
  if (!connection->Reusable()) {
    const std::optional<absl::Duration> in_vain_since = connection->in_vain_since();
    connection.reset();
    Forget();
    if (in_vain_since) Distrust(*in_vain_since);
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    resting_.push_back(std::move(connection));
  }
  changed_.notify_one();
}

void Pool::Forget() {
  {
    const std::lock_guard lock(mutex_);
    --open_;
  }
  changed_.notify_one();
}

void Pool::Distrust(absl::Duration since) {
  std::vector<std::unique_ptr<Connection>> silent;  // closed when nobody waits for the lock
  {
    const std::lock_guard lock(mutex_);
    const auto first =
        std::stable_partition(resting_.begin(), resting_.end(),
                              [&](const auto& rests) { return rests->heard() >= since; });
    silent.assign(std::make_move_iterator(first), std::make_move_iterator(resting_.end()));
    resting_.erase(first, resting_.end());
    open_ -= static_cast<int>(silent.size());
  }
  changed_.notify_all();
}

Pool::Usage Pool::usage() const {
  const std::lock_guard lock(mutex_);
  return {open_, static_cast<int>(resting_.size())};
}

void Pool::Show() {
  const Usage now = usage();
  meters_.Show(now.open - now.resting, now.resting);
}

}  // namespace guildhall::postgres::internal
