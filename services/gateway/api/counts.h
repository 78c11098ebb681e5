#pragma once

#include <map>
#include <memory>
#include <string>

#include "libs/http/server.h"
#include "libs/http/upstream.h"
#include "libs/telemetry/metrics.h"

namespace guildhall::gateway {

// Shows what the server and the upstreams count as metrics of the gateway.
void ExposeCounts(
    telemetry::Metrics& metrics, const http::Server& server,
    const std::map<std::string, std::unique_ptr<http::Upstream>>& upstreams_by_service);

}  // namespace guildhall::gateway
