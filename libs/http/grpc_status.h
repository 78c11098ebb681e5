#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace guildhall::http {

// The error model of gRPC as bytes: `google.rpc.Status`, what `grpc-status-details-bin` holds once
// base64 is taken off.

// A refusal with its ErrorInfo, then BadRequest and RetryInfo where there is something to say;
// other statuses with code and message alone.
std::string SerializeStatus(const absl::Status& status);

// The inverse: the status of `code` and `message` with the refusal that `details` holds, if any.
// Details that are not understood are left out. `code` is as on the wire; what is no code becomes
// UNKNOWN.
absl::Status ParseStatus(int code, std::string_view message, std::string_view details);

}  // namespace guildhall::http
