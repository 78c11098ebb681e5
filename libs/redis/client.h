#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/base/cancellation.h"
#include "libs/base/clock.h"
#include "libs/base/deadline.h"
#include "libs/base/random.h"
#include "libs/redis/breaker.h"
#include "libs/redis/connection.h"
#include "libs/redis/meters.h"
#include "libs/redis/settings.h"
#include "libs/telemetry/metrics.h"

namespace guildhall::redis {

// A thread's own way to Redis: connects when it is asked, again after a loss, and with a pause
// while Redis is away. For threads that may wait, such as a relay's; others take a Pipe.
class Client {
 public:
  // `use` names it in metrics: a word of the code's, such as "relay". Nothing is connected yet.
  Client(RedisSettings settings, const std::string& use, telemetry::Metrics* metrics,
         const Clock& clock = SystemClock(), Random& random = SystemRandom());

  // Whether there is a Redis to ask at all.
  bool configured() const { return !settings_.address.empty(); }

  // Sends the commands together and waits for every answer, in order. Fails with UNAVAILABLE (at
  // once while Redis is known to be away), DEADLINE_EXCEEDED, CANCELLED; what was carried out then
  // is unknown. A refusal is an answer. Not repeated: most commands are not safe to repeat.
  absl::StatusOr<std::vector<Reply>> Exchange(std::span<const Command> commands, Deadline deadline,
                                              Cancellation* cancellation = nullptr);

  // The same for one command.
  absl::StatusOr<Reply> Ask(const Command& command, Deadline deadline,
                            Cancellation* cancellation = nullptr);

  // How long until it is tried again; zero while Redis answers.
  absl::Duration pause() const { return breaker_.Remaining(); }

 private:
  absl::StatusOr<std::vector<Reply>> Try(std::span<const Command> commands, Deadline deadline,
                                         Cancellation* cancellation);

  const RedisSettings settings_;
  const Clock& clock_;
  Breaker breaker_;
  internal::Meters meters_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace guildhall::redis
