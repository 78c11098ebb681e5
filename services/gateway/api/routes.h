#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <google/protobuf/descriptor.h>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/policy.h"
#include "libs/http/upstream.h"
#include "libs/telemetry/metrics.h"
#include "services/gateway/domain/protocol.h"

namespace guildhall::gateway {

// Where a method leads, and what is counted of it.
class Route {
 public:
  Route(const google::protobuf::MethodDescriptor& method, std::string_view audience,
        telemetry::Metrics& metrics);

  const google::protobuf::MethodDescriptor& method;
  const std::string path;      // "/guildhall.directory.v1.DirectoryService/GetCommunity"
  const std::string audience;  // the service whose tokens it takes: "directory"
  const bool streams;          // answered by the gateway itself with a stream
  const bool own;              // answered by the gateway itself
  bool needs_session = true;
  bool writes = false;                 // its request has an id, so that it may be repeated
  bool ends_sessions = false;          // the calling session may not live after it
  http::Upstream* upstream = nullptr;  // null: UNIMPLEMENTED

  // Counts an answer. About 50 ns; the first of its kind makes its counter.
  void Answered(Protocol protocol, absl::StatusCode code, absl::Duration took) const;

 private:
  telemetry::Metrics& metrics_;
  telemetry::Histogram& seconds_;
  mutable std::array<std::array<telemetry::Counter*, 17>, kProtocols> answered_{};
};

// All methods that somebody outside may call: those of the linked contracts whose audience is not
// SERVICE. A path that is not in here exactly, byte by byte, leads nowhere.
class Routes {
 public:
  // `upstream_of` says who serves an audience, or null. Fails with FAILED_PRECONDITION when a
  // method has no policy.
  static absl::StatusOr<Routes> FromContracts(
      telemetry::Metrics& metrics,
      const std::function<http::Upstream*(std::string_view audience)>& upstream_of);

  // Null when there is none.
  const Route* Find(std::string_view path) const;
  const std::vector<std::unique_ptr<Route>>& all() const { return routes_; }

 private:
  void Add(std::unique_ptr<Route> route, const access::MethodPolicy& policy,
           http::Upstream* upstream);

  std::vector<std::unique_ptr<Route>> routes_;
  absl::flat_hash_map<absl::string_view, const Route*> by_path_;
};

}  // namespace guildhall::gateway
