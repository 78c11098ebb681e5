#pragma once

#include <grpcpp/support/slice.h>

#include <array>
#include <functional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace guildhall::rpc::internal {

class Exchange;

enum class Outcome {
  kNext,
  // The call was answered, or proceeds by itself later.
  kStop,
};

// Something that happens around every handler.
struct Step {
  const char* name;
  Outcome (*begin)(Exchange&);
  // Runs when the answer is known, for steps that have begun, last one first; may be null.
  void (*end)(Exchange&, const absl::Status&);
};

constexpr std::size_t kStepCount = 10;

// The steps in their order; the reasons for the order stand in steps.cpp.
const std::array<Step, kStepCount>& Steps();

// Runs a Unary handler on a worker, or begins a Deferred one, and answers with its result, which
// `seen` gets before, on the handler's thread; it may be empty.
void RunHandler(Exchange& exchange, std::function<void(const absl::StatusOr<grpc::Slice>&)> seen);

// Finds what the request names, asks for facts, decides. In authorize.cpp.
Outcome Authorize(Exchange& exchange);

}  // namespace guildhall::rpc::internal
