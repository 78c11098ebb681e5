#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/clock.h"
#include "libs/changelog/page.h"
#include "libs/postgres/database.h"
#include "libs/redis/client.h"
#include "libs/redis/settings.h"
#include "libs/telemetry/metrics.h"

namespace guildhall::changelog {

// What a relay is made of. Whatever is referred to outlives it.
struct RelayParts {
  postgres::Database& database;  // with the log
  std::string producer;          // whose log, such as "discussions"
  redis::RedisSettings redis;    // without an address nothing is published
  telemetry::Metrics& metrics;
  const Clock& clock = SystemClock();
  // Told what is about to be done: "hold", "find", "read", "publish". For tests that end a relay
  // there.
  std::function<void(std::string_view step)> before = [](std::string_view) {};
};

// Publishes the settled changes of the own log to its stream in Redis, and measures the log. Every
// process of a service has one; a lease in the database lets one of them publish. No writer ever
// waits for it: whatever it cannot publish, tails read from the log.
//
// Ids in the stream ascend, and Redis refuses all others. So a relay that was believed dead, or a
// second one, cannot put anything in a wrong place; it goes on behind the stream's last id. Each
// entry names its predecessor in the log: what a lost Redis or a full one leaves out shows as a
// gap.
class Relay {
 public:
  explicit Relay(RelayParts parts);

  // Publishes what has settled, a page at a time; how many changes. Fails with what the database or
  // Redis failed with, and RESOURCE_EXHAUSTED when Redis refuses to hold more; safe to repeat.
  absl::StatusOr<int> RunOnce(const postgres::Context& context);

  // How long until RunOnce has something to do: nothing while there is more, 25 ms while there were
  // changes in the last 10 s, else 100 ms; a second where another process publishes or nobody does.
  absl::Duration pause() const { return pause_; }

  // Lets another process publish at once.
  void Release(const postgres::Context& context);

 private:
  absl::StatusOr<bool> Hold(const postgres::Context& context);
  absl::Status FindPlace(const postgres::Context& context);
  absl::StatusOr<int> PublishAll(std::span<const Unit> rest, const postgres::Context& context);
  absl::StatusOr<int> PublishSome(std::span<const Unit> units, const postgres::Context& context);
  absl::Status Measure(const postgres::Context& context);

  const RelayParts parts_;
  const Uuid holder_;
  redis::Client redis_;
  absl::Duration held_until_ = -absl::InfiniteDuration();  // monotonic, as all of these
  absl::Duration measure_at_ = -absl::InfiniteDuration();
  absl::Duration changed_at_ = -absl::InfiniteDuration();
  absl::Duration pause_ = absl::ZeroDuration();
  Position read_;        // up to where the log was read
  Position published_;   // the last unit that is known to be in the stream; not behind read_
  bool placed_ = false;  // published_ is where the stream ends, as far as is known
  telemetry::Gauge& settle_lag_seconds_;
  telemetry::Gauge& backlog_;
  telemetry::Gauge& held_;
  telemetry::Counter& published_total_;
};

}  // namespace guildhall::changelog
