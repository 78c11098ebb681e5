#include "libs/rpc/wire_status.h"

#include <array>
#include <string>

#include "google/rpc/status.pb.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/strings.h"

namespace guildhall::rpc {
namespace {

namespace reasons = policy::reasons;

google::rpc::Status ToMessage(const absl::Status& status, const RefusalDetails& details) {
  google::rpc::Status message;
  message.set_code(static_cast<int>(status.code()));
  message.set_message(std::string(status.message()));

  google::rpc::ErrorInfo info;
  info.set_reason(details.reason);
  info.set_domain(details.domain);
  for (const auto& [key, value] : details.metadata) (*info.mutable_metadata())[key] = value;
  message.add_details()->PackFrom(info);

  if (!details.violations.empty()) {
    google::rpc::BadRequest bad;
    for (const auto& violation : details.violations) {
      auto* added = bad.add_field_violations();
      added->set_field(violation.field);
      added->set_description(violation.description);
    }
    message.add_details()->PackFrom(bad);
  }
  if (details.retry_after) {
    google::rpc::RetryInfo retry;
    const absl::Duration wait = *details.retry_after;
    retry.mutable_retry_delay()->set_seconds(absl::ToInt64Seconds(wait));
    retry.mutable_retry_delay()->set_nanos(static_cast<int>(
        absl::ToInt64Nanoseconds(wait - absl::Seconds(absl::ToInt64Seconds(wait)))));
    message.add_details()->PackFrom(retry);
  }
  return message;
}

RefusalDetails FromMessage(const google::rpc::Status& message) {
  RefusalDetails details;
  for (const google::protobuf::Any& any : message.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad;
    google::rpc::RetryInfo retry;
    if (any.UnpackTo(&info)) {
      details.reason = info.reason();
      details.domain = info.domain();
      details.metadata.assign(info.metadata().begin(), info.metadata().end());
    } else if (any.UnpackTo(&bad)) {
      for (const auto& violation : bad.field_violations()) {
        details.violations.push_back({violation.field(), violation.description()});
      }
    } else if (any.UnpackTo(&retry)) {
      details.retry_after = absl::Seconds(retry.retry_delay().seconds()) +
                            absl::Nanoseconds(retry.retry_delay().nanos());
    }
  }
  return details;
}

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
  const auto details = DetailsOf(status);
  if (!details) return {code, std::string(status.message())};
  return {code, std::string(status.message()), ToMessage(status, *details).SerializeAsString()};
}

absl::Status FromWire(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status out(static_cast<absl::StatusCode>(status.error_code()),
                   Absl(status.error_message()));
  google::rpc::Status message;
  if (!status.error_details().empty() && message.ParseFromString(status.error_details())) {
    if (const RefusalDetails details = FromMessage(message); !details.reason.empty()) {
      Attach(details, out);
    }
  }
  return out;
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
