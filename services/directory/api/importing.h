#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace guildhall::directory {

// What the imports share. Both fail with: FIELD_INVALID.

// Whether a batch has at most so many rows.
absl::Status CheckBatch(std::string_view field, int size, int most);

// A time of the source, to the microsecond.
absl::StatusOr<absl::Time> TimeFrom(std::string_view field,
                                    const google::protobuf::Timestamp& time);

}  // namespace guildhall::directory
