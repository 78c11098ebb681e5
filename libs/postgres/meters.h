#pragma once

#include <string>

#include "absl/time/time.h"
#include "libs/telemetry/metrics.h"

namespace guildhall::postgres::internal {

// The metrics of one pool. Without a Metrics it measures nothing. Thread-safe.
class Meters {
 public:
  Meters(telemetry::Metrics* metrics, const std::string& pool);

  // Whether anybody reads them; else clocks need not be read.
  bool on() const { return metrics_ != nullptr; }

  // guildhall_postgres_wait_seconds{pool}: until a call had its connection.
  void Waited(absl::Duration wait);
  // guildhall_postgres_connections_opened_total{pool}: many mean that sessions end at deadlines.
  void Opened();
  // guildhall_postgres_connections{pool,state}.
  void Show(int in_use, int resting);
  // guildhall_postgres_round_trip_seconds{statement}, by the statement that ended the batch; a
  // look-up that the caller keeps.
  telemetry::Histogram& RoundTripOf(const std::string& statement);

 private:
  telemetry::Metrics* const metrics_;
  telemetry::Histogram* wait_ = nullptr;
  telemetry::Counter* opened_ = nullptr;
  telemetry::Gauge* in_use_ = nullptr;
  telemetry::Gauge* resting_ = nullptr;
};

}  // namespace guildhall::postgres::internal
