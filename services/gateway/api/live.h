#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "libs/base/random.h"
#include "libs/http/loop.h"
#include "libs/telemetry/metrics.h"
#include "services/gateway/api/live_stream.h"
#include "services/gateway/domain/fresh_callers.h"
#include "services/gateway/settings.h"

namespace guildhall::gateway {

class LiveHub;

// Live streams: the hub with all that it lives from, the facts for decisions and the logs of
// directory and discussions.
//
// Threads: the hub's, one for each log and two for streams that come back from far behind.
class Live {
 public:
  // Everything given outlives it. Fails with INVALID_ARGUMENT.
  static absl::StatusOr<std::unique_ptr<Live>> Start(http::Loop& loop, const Settings& settings,
                                                     telemetry::Metrics& metrics,
                                                     FreshCallers& fresh_callers);
  // With the loop stopped.
  ~Live();

  LiveHub& hub();

 private:
  struct Parts;
  explicit Live(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace guildhall::gateway
