#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "absl/status/status.h"

namespace guildhall::gateway {

// What a client speaks, told by its content type.
enum class Protocol {
  kGrpcWeb,             // frames as they are; the status in a last frame
  kGrpcWebText,         // the same in base64
  kConnectProto,        // a bare message; the status is HTTP's, errors are JSON
  kConnectJson,         // the same with messages in proto3's JSON form
  kConnectStreamProto,  // Connect's framing of streams: frames, the status as JSON in a last one
  kConnectStreamJson,   // the same with messages in JSON
};
inline constexpr std::size_t kProtocols = 6;

// Connect's framing of methods that answer with a stream, which no other method takes.
constexpr bool IsConnectStream(Protocol protocol) {
  return protocol == Protocol::kConnectStreamProto || protocol == Protocol::kConnectStreamJson;
}

constexpr bool IsConnect(Protocol protocol) {
  return protocol == Protocol::kConnectProto || protocol == Protocol::kConnectJson ||
         IsConnectStream(protocol);
}

constexpr bool IsJson(Protocol protocol) {
  return protocol == Protocol::kConnectJson || protocol == Protocol::kConnectStreamJson;
}

// Whether a method can be called so: each has one of Connect's two framings, and both of gRPC-web.
constexpr bool Speaks(Protocol protocol, bool method_streams) {
  return !IsConnect(protocol) || IsConnectStream(protocol) == method_streams;
}

// Reads a media type (RFC 9110 section 8.3): any case, no parameter but charset=utf-8. Nothing for
// what is not spoken here.
std::optional<Protocol> ProtocolOf(std::string_view content_type);

// "grpc_web", …: the value of the label `protocol`.
std::string_view Name(Protocol protocol);

// "not_found", …: a code in the spelling of Connect, which the label `code` uses, too. The status
// is one of the 17 that exist.
std::string_view CodeName(absl::StatusCode code);

// The HTTP status that Connect answers for an error.
int ConnectHttpStatus(absl::StatusCode code);

// The code that stands for an HTTP status of an upstream which answered without a gRPC status.
absl::StatusCode CodeOfHttpStatus(int status);

}  // namespace guildhall::gateway
