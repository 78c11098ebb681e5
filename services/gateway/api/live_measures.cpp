#include "services/gateway/api/live_measures.h"

namespace guildhall::gateway {
namespace {

telemetry::Counter& ResumedFrom(telemetry::Metrics& metrics, const std::string& where) {
  return metrics.CounterOf("guildhall_gateway_resumes_total",
                           "Streams taken up again, by where the changes in between came from.",
                           {{"from", where}});
}

}  // namespace

LiveMeasures::LiveMeasures(telemetry::Metrics& metrics)
    : subscribers(metrics.GaugeOf("guildhall_gateway_subscribers", "Live streams that stand.")),
      deliveries(metrics.CounterOf("guildhall_gateway_deliveries_total",
                                   "Changes given to live streams, once for each.")),
      resets(metrics.CounterOf("guildhall_gateway_live_resets_total",
                               "Streams that were told to load everything anew.")),
      resumed_from_memory(ResumedFrom(metrics, "memory")),
      resumed_from_log(ResumedFrom(metrics, "log")),
      fell_behind(metrics.CounterOf("guildhall_gateway_fell_behind_total",
                                    "Streams ended because their reader was too slow.")),
      lag_seconds(metrics.HistogramOf(
          "guildhall_gateway_live_lag_seconds",
          "From the beginning of a change's transaction to its first delivery.")) {}

}  // namespace guildhall::gateway
