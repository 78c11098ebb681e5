#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "libs/telemetry/metrics.h"

namespace guildhall::cache {

// A method whose replies are kept, with its metrics.
struct Method {
  Method(telemetry::Metrics& metrics, std::uint16_t number, std::string_view name);

  const std::uint16_t number;  // in keys of this process
  const std::string name;      // "ListTopics": in keys that processes share
  telemetry::Counter& hits;
  telemetry::Counter& joined;
  telemetry::Counter& misses;
  telemetry::Counter& passed_by;
};

}  // namespace guildhall::cache
