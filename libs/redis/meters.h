#pragma once

#include <string>

#include "absl/time/time.h"
#include "libs/telemetry/metrics.h"

namespace guildhall::redis::internal {

// The metrics of one use of Redis. Without a Metrics it measures nothing. Thread-safe.
class Meters {
 public:
  Meters(telemetry::Metrics* metrics, const std::string& use);

  // guildhall_redis_up{use}: 1 while it answers.
  void Up();
  // The same at 0, and guildhall_redis_failures_total{use}.
  void Failed();
  // guildhall_redis_batch_seconds{use}: from sending a batch to its last answer.
  void Answered(absl::Duration taken);

 private:
  telemetry::Gauge* up_ = nullptr;
  telemetry::Counter* failures_ = nullptr;
  telemetry::Histogram* seconds_ = nullptr;
};

}  // namespace guildhall::redis::internal
