#include "libs/redis/client.h"

#include <utility>

#include "libs/base/status_macros.h"

namespace guildhall::redis {

Client::Client(RedisSettings settings, const std::string& use, telemetry::Metrics* metrics,
               const Clock& clock, Random& random)
    : settings_(std::move(settings)),
      clock_(clock),
      breaker_(clock, random),
      meters_(metrics, use) {}

absl::StatusOr<std::vector<Reply>> Client::Exchange(std::span<const Command> commands,
                                                    Deadline deadline, Cancellation* cancellation) {
  if (!configured()) return absl::UnavailableError("There is no Redis.");
  if (pause() > absl::ZeroDuration()) {
    return absl::UnavailableError("Redis was away a moment ago.");
  }
  const absl::Duration start = clock_.Monotonic();
  absl::StatusOr<std::vector<Reply>> replies = Try(commands, deadline, cancellation);
  if (replies.ok()) {
    breaker_.Succeeded();
    meters_.Up();
    meters_.Answered(clock_.Monotonic() - start);
    return replies;
  }
  connection_.reset();
  if (!absl::IsCancelled(replies.status())) {
    breaker_.Failed();
    meters_.Failed();
  }
  return replies;
}

absl::StatusOr<std::vector<Reply>> Client::Try(std::span<const Command> commands, Deadline deadline,
                                               Cancellation* cancellation) {
  if (connection_ == nullptr) {
    GUILDHALL_ASSIGN(connection_, Connection::Open(settings_, deadline));
  }
  for (const Command& command : commands) connection_->Append(command);
  return connection_->Exchange(deadline, cancellation);
}

absl::StatusOr<Reply> Client::Ask(const Command& command, Deadline deadline,
                                  Cancellation* cancellation) {
  GUILDHALL_ASSIGN(std::vector<Reply> replies,
                   Exchange(std::span(&command, 1), deadline, cancellation));
  return std::move(replies.front());
}

}  // namespace guildhall::redis
