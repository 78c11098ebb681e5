#include "libs/postgres/meters.h"

namespace guildhall::postgres::internal {
namespace {

// Seconds: statements of ours take 0.05 to 5 ms, and may wait for a lock for 1 s.
const telemetry::Histogram::BucketBoundaries& StatementBuckets() {
  static const telemetry::Histogram::BucketBoundaries buckets = {
      0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5};
  return buckets;
}

}  // namespace

Meters::Meters(telemetry::Metrics* metrics, const std::string& pool) : metrics_(metrics) {
  if (metrics == nullptr) return;
  wait_ = &metrics->HistogramOf("guildhall_postgres_wait_seconds",
                                "How long calls waited for a connection.", {{"pool", pool}},
                                StatementBuckets());
  opened_ = &metrics->CounterOf("guildhall_postgres_connections_opened_total",
                                "Connections that were opened.", {{"pool", pool}});
  constexpr char kConnections[] = "guildhall_postgres_connections";
  constexpr char kHelp[] = "Connections now, by what they do.";
  in_use_ = &metrics->GaugeOf(kConnections, kHelp, {{"pool", pool}, {"state", "in_use"}});
  resting_ = &metrics->GaugeOf(kConnections, kHelp, {{"pool", pool}, {"state", "resting"}});
}

void Meters::Waited(absl::Duration wait) { wait_->Observe(absl::ToDoubleSeconds(wait)); }

void Meters::Opened() {
  if (on()) opened_->Increment();
}

void Meters::Show(int in_use, int resting) {
  in_use_->Set(in_use);
  resting_->Set(resting);
}

telemetry::Histogram& Meters::RoundTripOf(const std::string& statement) {
  return metrics_->HistogramOf("guildhall_postgres_round_trip_seconds",
                               "From sending a batch of statements to its whole answer, by the "
                               "statement that ended it.",
                               {{"statement", statement}}, StatementBuckets());
}

}  // namespace guildhall::postgres::internal
