#include "libs/postgres/pool.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "libs/postgres/errors.h"

namespace guildhall::postgres::internal {
namespace {

// How long a cancelled call may stand in the queue before it notices.
constexpr absl::Duration kGlance = absl::Milliseconds(20);

}  // namespace

Pool::Pool(PostgresSettings settings, Purpose purpose, int size)
    : settings_(std::move(settings)), purpose_(purpose), size_(size) {
  GUILDHALL_CHECK(size > 0);
}

Pool::Lease::~Lease() {
  if (connection_) pool_->Return(std::move(connection_));
}

absl::StatusOr<Pool::Lease> Pool::Acquire(const Context& context) {
  while (true) {
    GUILDHALL_ASSIGN(std::unique_ptr<Connection> connection, Take(context));
    if (connection != nullptr) {
      // The server may have closed it while it rested.
      if (connection->IsQuiet()) return Lease(this, std::move(connection));
      connection.reset();
      Forget();
      continue;
    }
    auto opened = Connection::Open(settings_, purpose_, context);
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
  if (context.cancellation != nullptr && context.cancellation->cancelled()) {
    return absl::CancelledError("Nobody waits for the answer any more.");
  }
  const absl::Duration remaining = context.deadline.Remaining();
  if (remaining == absl::ZeroDuration()) return DeadlinePassed();
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
    connection.reset();
    Forget();
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

Pool::Usage Pool::usage() const {
  const std::lock_guard lock(mutex_);
  return {open_, static_cast<int>(resting_.size())};
}

}  // namespace guildhall::postgres::internal
