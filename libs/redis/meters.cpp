#include "libs/redis/meters.h"

namespace guildhall::redis::internal {
namespace {

// Seconds: a batch takes 0.05 to 1 ms and is given up after 0.25 s.
const telemetry::Histogram::BucketBoundaries& BatchBuckets() {
  static const telemetry::Histogram::BucketBoundaries buckets = {
      0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1};
  return buckets;
}

}  // namespace

Meters::Meters(telemetry::Metrics* metrics, const std::string& use) {
  if (metrics == nullptr) return;
  up_ = &metrics->GaugeOf("guildhall_redis_up", "Whether Redis answers.", {{"use", use}});
  failures_ =
      &metrics->CounterOf("guildhall_redis_failures_total",
                          "How often Redis was lost or could not be reached.", {{"use", use}});
  seconds_ = &metrics->HistogramOf("guildhall_redis_batch_seconds",
                                   "From sending a batch of commands to its last answer.",
                                   {{"use", use}}, BatchBuckets());
}

void Meters::Up() {
  if (up_ != nullptr) up_->Set(1);
}

void Meters::Failed() {
  if (up_ == nullptr) return;
  up_->Set(0);
  failures_->Increment();
}

void Meters::Answered(absl::Duration taken) {
  if (seconds_ != nullptr) seconds_->Observe(absl::ToDoubleSeconds(taken));
}

}  // namespace guildhall::redis::internal
