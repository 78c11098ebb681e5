#include "libs/cache/method.h"

namespace guildhall::cache {
namespace {

telemetry::Counter& Outcome(telemetry::Metrics& metrics, std::string_view method,
                            const char* outcome) {
  return metrics.CounterOf(
      "guildhall_cache_requests_total",
      "Calls of cached methods: answered from memory (hit), not there (miss), of those answered "
      "with another call's read (joined); past the caches, because the change log was not heard of "
      "for a second or the caller has just written (passed).",
      {{"method", std::string(method)}, {"outcome", outcome}});
}

}  // namespace

Method::Method(telemetry::Metrics& metrics, std::uint16_t n, std::string_view called)
    : number(n),
      name(called),
      hits(Outcome(metrics, called, "hit")),
      joined(Outcome(metrics, called, "joined")),
      misses(Outcome(metrics, called, "miss")),
      passed_by(Outcome(metrics, called, "passed")) {}

}  // namespace guildhall::cache
