#pragma once

#include <optional>
#include <string_view>

#include "absl/time/time.h"

namespace guildhall::gateway {

// Reads `grpc-timeout`: one to eight digits and a unit of H M S m u n.
std::optional<absl::Duration> ParseGrpcTimeout(std::string_view text);

// Reads `connect-timeout-ms`: one to ten digits.
std::optional<absl::Duration> ParseConnectTimeout(std::string_view text);

}  // namespace guildhall::gateway
