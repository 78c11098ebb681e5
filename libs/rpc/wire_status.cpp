#include "libs/rpc/wire_status.h"

#include <array>
#include <string>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/http/grpc_status.h"

namespace guildhall::rpc {
namespace {

namespace reasons = policy::reasons;

}  // namespace

absl::Status Presentable(const absl::Status& status) {
  if (status.ok() || DetailsOf(status)) return status;
  switch (status.code()) {
    case absl::StatusCode::kCancelled:
      return absl::CancelledError("The call was cancelled.");
    case absl::StatusCode::kDeadlineExceeded:
      return Refusal(reasons::kDeadlinePassed, "The deadline passed before the answer was ready.");
    case absl::StatusCode::kUnavailable:
      return Refusal(reasons::kDependencyAway, "A store or service that is needed is away.");
    default:
      return Refusal(reasons::kInternal, "A fault of the server; the trace id finds it.");
  }
}

grpc::Status ToWire(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const auto code = static_cast<grpc::StatusCode>(status.code());
  return {code, std::string(status.message()), http::SerializeStatus(status)};
}

bool SaidByEngine(const grpc::Status& status) {
  return status.ok() || !status.error_details().empty();
}

absl::Status FromWire(const grpc::Status& status) {
  return http::ParseStatus(status.error_code(), status.error_message(), status.error_details());
}

const char* CodeName(absl::StatusCode code) {
  static constexpr std::array<const char*, 17> kNames{
      "OK",       "Canceled",       "Unknown",          "InvalidArgument",   "DeadlineExceeded",
      "NotFound", "AlreadyExists",  "PermissionDenied", "ResourceExhausted", "FailedPrecondition",
      "Aborted",  "OutOfRange",     "Unimplemented",    "Internal",          "Unavailable",
      "DataLoss", "Unauthenticated"};
  const auto index = static_cast<std::size_t>(code);
  return index < kNames.size() ? kNames[index] : "Unknown";
}

}  // namespace guildhall::rpc
