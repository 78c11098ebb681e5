#pragma once

namespace guildhall::rpc {

// Sends what gRPC itself has to say through libs/telemetry: its errors as warnings, the rest as
// debug lines. Once, before the first use of gRPC.
void LogGrpcThroughTelemetry();

}  // namespace guildhall::rpc
