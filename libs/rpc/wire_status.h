#pragma once

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace guildhall::rpc {

// What a caller may be told of `status`. A refusal is told as it is. Anything else is a fault of
// the server, a lapsed deadline or a cancellation, and is told as INTERNAL, DEADLINE_PASSED,
// DEPENDENCY_AWAY or CANCELLED without the inner message, which may hold what the caller must not
// see.
absl::Status Presentable(const absl::Status& status);

// As code, message and google.rpc.Status in `grpc-status-details-bin`: for a refusal with
// ErrorInfo, then BadRequest and RetryInfo where there is something to say; otherwise bare, which
// still says that the engine spoke and not the transport.
grpc::Status ToWire(const absl::Status& status);

// Whether an engine said this (see ToWire). Everything else comes from gRPC itself, on this side or
// the other: nobody was there, the connection was lost, or the server began to drain before it
// began the call (CANCELLED in gRPC 1.51, which kills what crosses its GOAWAY; UNAVAILABLE when the
// GOAWAY was faster).
bool SaidByEngine(const grpc::Status& status);

// The inverse: a refusal arrives as the refusal that it was. Details that are not understood are
// left out.
absl::Status FromWire(const grpc::Status& status);

// "OK", "NotFound", …: the spelling of the label grpc_code. "Unknown" for codes that do not exist.
const char* CodeName(absl::StatusCode code);

}  // namespace guildhall::rpc
