#include "libs/redis/pipe.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "libs/base/clock.h"
#include "libs/base/status_macros.h"

namespace guildhall::redis {
namespace {

absl::Status Away() { return absl::UnavailableError("Redis is away."); }

}  // namespace

Pipe::Pipe(RedisSettings settings, const std::string& use, telemetry::Metrics* metrics)
    : settings_(std::move(settings)), meters_(settings_.address.empty() ? nullptr : metrics, use) {
  if (!settings_.address.empty()) thread_ = std::thread([this] { Run(); });
}

Pipe::~Pipe() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    ending_.Cancel();
  }
  changed_.notify_one();
  thread_.join();
}

absl::Status Pipe::Ask(Command command, Deadline deadline, Done done) {
  {
    const std::lock_guard lock(mutex_);
    if (!up()) return Away();
    if (waiting_.size() >= kMostWaiting ||
        waiting_bytes_ + command.size_bytes() > kMostWaitingBytes) {
      return absl::ResourceExhaustedError("Too much waits for Redis.");
    }
    waiting_bytes_ += command.size_bytes();
    waiting_.push_back({std::move(command), deadline, std::move(done)});
  }
  changed_.notify_one();
  return absl::OkStatus();
}

void Pipe::Run() {
  while (!ending_.cancelled()) {
    if (connection_ == nullptr && !Connect()) continue;
    Batch batch = NextBatch();
    const absl::Status served = batch.empty() ? Look() : Serve(batch);
    if (served.ok()) continue;
    GoDown();
    Fail(batch, served);
  }
  Batch left;
  {
    const std::lock_guard lock(mutex_);
    up_ = false;
    left.swap(waiting_);
  }
  Fail(left, absl::CancelledError("The process ends."));
}

bool Pipe::Connect() {
  {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, absl::ToChronoNanoseconds(breaker_.Remaining()),
                      [this] { return ending_.cancelled(); });
    if (ending_.cancelled()) return false;
  }
  auto connection = Connection::Open(settings_, Deadline());
  if (connection.ok()) connection_ = *std::move(connection);
  if (connection_ == nullptr || !Look().ok()) {
    GoDown();
    return false;
  }
  breaker_.Succeeded();
  meters_.Up();
  const std::lock_guard lock(mutex_);
  up_ = true;
  return true;
}

// A connection is not enough: the kernel takes it for a Redis that is frozen, and one that loads
// its data refuses everything.
absl::Status Pipe::Look() {
  GUILDHALL_ASSIGN(const Reply reply,
                   connection_->Ask(Command("PING"), Deadline::After(settings_.timeout), &ending_));
  return reply.is_error() ? Away() : absl::OkStatus();
}

Pipe::Batch Pipe::NextBatch() {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, absl::ToChronoNanoseconds(kLook),
                    [this] { return ending_.cancelled() || !waiting_.empty(); });
  Batch batch;
  if (ending_.cancelled()) return batch;
  const std::size_t size = std::min(waiting_.size(), kMostCommands);
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(size);
  batch.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  for (const Question& question : batch) waiting_bytes_ -= question.command.size_bytes();
  return batch;
}

absl::Status Pipe::Serve(Batch& batch) {
  const absl::Duration start = SystemClock().Monotonic();
  const Deadline patience = Deadline::After(settings_.timeout);
  for (const Question& question : batch) connection_->Append(question.command);
  for (std::size_t at = 0; at < batch.size();) {
    GUILDHALL_ASSIGN(std::optional<Reply> reply,
                     connection_->Poll(patience.AtMost(kResolution), &ending_));
    if (reply.has_value()) {
      if (const Done done = std::exchange(batch[at].done, nullptr)) done(*std::move(reply));
      ++at;
      continue;
    }
    if (patience.Passed()) return absl::DeadlineExceededError("Redis does not answer in time.");
    DismissLate(batch);
  }
  meters_.Answered(SystemClock().Monotonic() - start);
  return absl::OkStatus();
}

void Pipe::DismissLate(Batch& batch) {
  Batch late;
  {
    const std::lock_guard lock(mutex_);
    const auto first =
        std::stable_partition(waiting_.begin(), waiting_.end(),
                              [](const Question& question) { return !question.deadline.Passed(); });
    late.assign(std::make_move_iterator(first), std::make_move_iterator(waiting_.end()));
    waiting_.erase(first, waiting_.end());
    for (const Question& question : late) waiting_bytes_ -= question.command.size_bytes();
  }
  const absl::Status passed = absl::DeadlineExceededError("Redis did not answer in time.");
  Fail(late, passed);
  for (Question& question : batch) {
    if (!question.done || !question.deadline.Passed()) continue;
    std::exchange(question.done, nullptr)(passed);
  }
}

void Pipe::Fail(Batch& batch, const absl::Status& status) {
  for (Question& question : batch) {
    if (Done done = std::exchange(question.done, nullptr)) done(status);
  }
}

void Pipe::GoDown() {
  connection_.reset();
  if (ending_.cancelled()) return;
  breaker_.Failed();
  meters_.Failed();
  Batch left;
  {
    const std::lock_guard lock(mutex_);
    up_ = false;
    left.swap(waiting_);
    waiting_bytes_ = 0;
  }
  Fail(left, Away());
}

}  // namespace guildhall::redis
