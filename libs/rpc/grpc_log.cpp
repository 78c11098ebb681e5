#include "libs/rpc/grpc_log.h"

#include <grpc/support/log.h>

#include "libs/telemetry/log.h"

namespace guildhall::rpc {
namespace {

void Write(gpr_log_func_args* line) {
  const bool error = line->severity == GPR_LOG_SEVERITY_ERROR;
  telemetry::Log(error ? telemetry::Severity::kWarning : telemetry::Severity::kDebug, "grpc",
                 {{"err.message", line->message}});
}

}  // namespace

void LogGrpcThroughTelemetry() { gpr_set_log_function(&Write); }

}  // namespace guildhall::rpc
