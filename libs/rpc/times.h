#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace guildhall::rpc {

// Between the contract's times and ours, to the microsecond, as the databases keep them.

google::protobuf::Timestamp ToProto(absl::Time time);

// A time that an import's source tells, for the request's field at path `field`.
// Fails with: FIELD_INVALID (not after 1970, or malformed).
absl::StatusOr<absl::Time> TimeFrom(std::string_view field,
                                    const google::protobuf::Timestamp& time);

}  // namespace guildhall::rpc
