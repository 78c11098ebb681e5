#pragma once

#include "libs/telemetry/metrics.h"

namespace guildhall::gateway {

// What operators see of live streams.
struct LiveMeasures {
  explicit LiveMeasures(telemetry::Metrics& metrics);

  telemetry::Gauge& subscribers;
  telemetry::Counter& deliveries;
  telemetry::Counter& resets;
  telemetry::Counter& resumed_from_memory;
  telemetry::Counter& resumed_from_log;
  telemetry::Counter& fell_behind;
  telemetry::Histogram& lag_seconds;
};

}  // namespace guildhall::gateway
