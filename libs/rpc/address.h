#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace guildhall::rpc {

// Whether a service may listen here without TLS, and how gRPC spells it: `unix:/path` (the
// socket's folder is the lock: keep it closed to others), `127.0.0.1:port`, `[::1]:port` or
// `localhost:port`; port 0 takes a free one. Everything else fails with INVALID_ARGUMENT: Debian
// 12's gRPC must not face an untrusted network, because idle connections can make its listener deaf
// for good (CVE-2023-4785, reproduced).
absl::StatusOr<std::string> CheckListenAddress(std::string_view address);

// Fails with UNAVAILABLE when somebody listens there already. gRPC would take a Unix socket away
// from its owner without a word, and shuts its queue down when a port is taken.
absl::Status CheckFree(const std::string& address);

}  // namespace guildhall::rpc
