#pragma once

#include <array>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/telemetry/metrics.h"

namespace guildhall::rpc {

// The metrics of one method, in the family of names that dashboards for gRPC expect:
// grpc_server_started_total, grpc_server_handled_total and grpc_server_handling_seconds; those of
// a client begin with grpc_client_. In flight is started minus handled. References are kept, so
// that a call costs about 60 ns here.
class Measures {
 public:
  enum class Side { kServer, kClient };

  // `method` is "package.Service/Method".
  Measures(telemetry::Metrics& metrics, Side side, std::string_view method);

  void Started() { started_.Increment(); }
  // Of one thread at a time: the first call of each code makes its counter.
  void Handled(absl::StatusCode code, absl::Duration took);

 private:
  telemetry::Metrics& metrics_;
  std::string handled_name_;
  telemetry::Labels labels_;
  telemetry::Counter& started_;
  telemetry::Histogram& seconds_;
  std::array<telemetry::Counter*, 17> handled_{};
};

}  // namespace guildhall::rpc
