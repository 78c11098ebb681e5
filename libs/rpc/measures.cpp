#include "libs/rpc/measures.h"

#include "libs/rpc/wire_status.h"

namespace guildhall::rpc {
namespace {

std::string Name(Measures::Side side, std::string_view rest) {
  return std::string(side == Measures::Side::kServer ? "grpc_server_" : "grpc_client_")
      .append(rest);
}

telemetry::Labels LabelsOf(std::string_view method) {
  const auto slash = method.find('/');
  return {{"grpc_type", "unary"},
          {"grpc_service", std::string(method.substr(0, slash))},
          {"grpc_method",
           slash == std::string_view::npos ? "" : std::string(method.substr(slash + 1))}};
}

}  // namespace

Measures::Measures(telemetry::Metrics& metrics, Side side, std::string_view method)
    : metrics_(metrics),
      handled_name_(Name(side, "handled_total")),
      labels_(LabelsOf(method)),
      started_(metrics.CounterOf(Name(side, "started_total"), "Calls that began.", labels_)),
      seconds_(metrics.HistogramOf(Name(side, "handling_seconds"),
                                   "From the beginning of a call to its answer.", labels_)) {}

void Measures::Handled(absl::StatusCode code, absl::Duration took) {
  auto index = static_cast<std::size_t>(code);
  if (index >= handled_.size()) index = static_cast<std::size_t>(absl::StatusCode::kUnknown);
  telemetry::Counter*& counter = handled_[index];
  if (counter == nullptr) {
    telemetry::Labels labels = labels_;
    labels["grpc_code"] = CodeName(static_cast<absl::StatusCode>(index));
    counter = &metrics_.CounterOf(handled_name_, "Calls that ended, by code.", labels);
  }
  counter->Increment();
  seconds_.Observe(absl::ToDoubleSeconds(took));
}

}  // namespace guildhall::rpc
