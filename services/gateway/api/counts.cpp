#include "services/gateway/api/counts.h"

namespace guildhall::gateway {
namespace {

// A counter that follows a number which somebody else counts.
void Follow(telemetry::Counter& counter, std::int64_t value) {
  counter.Increment(static_cast<double>(value) - counter.Value());
}

telemetry::Counter& RefusedOf(telemetry::Metrics& metrics, const std::string& why) {
  return metrics.CounterOf("guildhall_gateway_refused_total",
                           "Connections and requests refused below the protocols, by cause.",
                           {{"cause", why}});
}

void ExposeServer(telemetry::Metrics& metrics, const http::Server& server) {
  auto& open = metrics.GaugeOf("guildhall_gateway_connections", "Clients connected.");
  auto& accepted =
      metrics.CounterOf("guildhall_gateway_connections_total", "Clients that connected.");
  auto& over_limit = RefusedOf(metrics, "over_limit");
  auto& malformed = RefusedOf(metrics, "malformed");
  auto& timed_out = RefusedOf(metrics, "timed_out");
  auto& slow_reader = RefusedOf(metrics, "slow_reader");
  metrics.BeforeExposition([&, counts = server.counts()] {
    open.Set(static_cast<double>(counts->open));
    Follow(accepted, counts->accepted);
    Follow(over_limit, counts->over_limit);
    Follow(malformed, counts->malformed);
    Follow(timed_out, counts->timed_out);
    Follow(slow_reader, counts->unsent_overflow);
  });
}

void ExposeUpstream(telemetry::Metrics& metrics, const std::string& service,
                    const http::Upstream& upstream) {
  const telemetry::Labels labels = {{"service", service}};
  auto& ready = metrics.GaugeOf("guildhall_gateway_upstream_connections",
                                "Connections to a service that take calls.", labels);
  auto& calls = metrics.GaugeOf("guildhall_gateway_upstream_calls",
                                "Calls to a service that are under way.", labels);
  auto& lost =
      metrics.CounterOf("guildhall_gateway_upstream_lost_total",
                        "Connections to a service that broke or did not come about.", labels);
  auto& resent = metrics.CounterOf("guildhall_gateway_upstream_resent_total",
                                   "Calls that a process had not begun and another got.", labels);
  metrics.BeforeExposition([&, counts = upstream.counts()] {
    ready.Set(static_cast<double>(counts->ready));
    calls.Set(static_cast<double>(counts->outstanding));
    Follow(lost, counts->lost);
    Follow(resent, counts->resent);
  });
}

}  // namespace

void ExposeCounts(telemetry::Metrics& metrics, const http::Server& server,
                  const std::map<std::string, std::unique_ptr<http::Upstream>>& upstreams) {
  ExposeServer(metrics, server);
  for (const auto& [service, upstream] : upstreams) ExposeUpstream(metrics, service, *upstream);
}

}  // namespace guildhall::gateway
