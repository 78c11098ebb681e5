#pragma once

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace guildhall::rpc {

// What a caller may be told of `status`. A refusal is told as it is. Anything else is a fault of
// the server, a lapsed deadline or a cancellation, and is told as INTERNAL, DEADLINE_PASSED,
// DEPENDENCY_AWAY or CANCELLED without the inner message, which may hold what the caller must not
// see.
absl::Status Presentable(const absl::Status& status);

// As code, message and, for a refusal, google.rpc.Status in `grpc-status-details-bin` (ErrorInfo,
// then BadRequest and RetryInfo where there is something to say).
grpc::Status ToWire(const absl::Status& status);

// The inverse: a refusal arrives as the refusal that it was. Details that are not understood are
// left out.
absl::Status FromWire(const grpc::Status& status);

// "OK", "NotFound", …: the spelling of the label grpc_code. "Unknown" for codes that do not exist.
const char* CodeName(absl::StatusCode code);

}  // namespace guildhall::rpc
