#include "libs/http/grpc_status.h"

#include "google/rpc/status.pb.h"
#include "libs/base/refusal.h"
#include "libs/base/strings.h"

namespace guildhall::http {
namespace {

void AddDetails(const RefusalDetails& details, google::rpc::Status& message) {
  google::rpc::ErrorInfo info;
  info.set_reason(details.reason);
  info.set_domain(details.domain);
  for (const auto& [key, value] : details.metadata) (*info.mutable_metadata())[key] = value;
  message.add_details()->PackFrom(info);
  if (!details.violations.empty()) {
    google::rpc::BadRequest bad;
    for (const auto& violation : details.violations) {
      auto* const added = bad.add_field_violations();
      added->set_field(violation.field);
      added->set_description(violation.description);
    }
    message.add_details()->PackFrom(bad);
  }
  if (details.retry_after) {
    google::rpc::RetryInfo retry;
    absl::Duration rest;
    retry.mutable_retry_delay()->set_seconds(
        absl::IDivDuration(*details.retry_after, absl::Seconds(1), &rest));
    retry.mutable_retry_delay()->set_nanos(static_cast<int>(absl::ToInt64Nanoseconds(rest)));
    message.add_details()->PackFrom(retry);
  }
}

RefusalDetails DetailsIn(const google::rpc::Status& message) {
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

std::string SerializeStatus(const absl::Status& status) {
  google::rpc::Status message;
  message.set_code(static_cast<int>(status.code()));
  message.set_message(std::string(status.message()));
  if (const auto details = DetailsOf(status)) AddDetails(*details, message);
  return message.SerializeAsString();
}

absl::Status ParseStatus(int code, std::string_view message, std::string_view details) {
  if (code == 0) return absl::OkStatus();
  const bool known = code > 0 && code <= static_cast<int>(absl::StatusCode::kUnauthenticated);
  absl::Status status(known ? static_cast<absl::StatusCode>(code) : absl::StatusCode::kUnknown,
                      Absl(message));
  google::rpc::Status parsed;
  if (!details.empty() && parsed.ParseFromArray(details.data(), static_cast<int>(details.size()))) {
    if (const RefusalDetails found = DetailsIn(parsed); !found.reason.empty()) {
      Attach(found, status);
    }
  }
  return status;
}

}  // namespace guildhall::http
