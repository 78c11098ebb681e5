#pragma once

#include <string>
#include <string_view>

#include <google/protobuf/descriptor.h>

#include "absl/status/statusor.h"

namespace guildhall::gateway {

// Deepest nesting of a JSON message; ours nest to 4.
inline constexpr int kJsonDepth = 32;

// Most values (of fields and elements) in a JSON message; the largest batch has 1,000 names. The
// parser takes up to 0.6 us for each, so this bounds what a message can cost.
inline constexpr int kJsonValues = 10'000;

// The message of type `type` (a generated one) that `json` writes in proto3's JSON form, as bytes.
//
// Fails with JSON_MALFORMED: no JSON (RFC 8259), bad UTF-8, a key twice in one object, deeper than
// kJsonDepth, more than kJsonValues, an unknown field, a value of another type.
// Cost: at most 15 ms for 512 KiB.
absl::StatusOr<std::string> JsonToMessage(const google::protobuf::Descriptor& type,
                                          std::string_view json);

// The inverse, in one line. Fails with INTERNAL when `bytes` are no such message.
absl::StatusOr<std::string> MessageToJson(const google::protobuf::Descriptor& type,
                                          std::string_view bytes);

// The body of a Connect error: code, message, and the details of `status_bytes` (google.rpc.Status)
// as {type, value, debug}; the last one is the same detail for people who read.
std::string ErrorJson(absl::StatusCode code, std::string_view message,
                      std::string_view status_bytes);

}  // namespace guildhall::gateway
