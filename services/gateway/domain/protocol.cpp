#include "services/gateway/domain/protocol.h"

#include <array>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "libs/base/strings.h"

namespace guildhall::gateway {
namespace {

struct MediaType {
  std::string_view name;
  Protocol protocol;
};
constexpr std::array<MediaType, 8> kMediaTypes = {{
    {"application/grpc-web+proto", Protocol::kGrpcWeb},
    {"application/grpc-web", Protocol::kGrpcWeb},
    {"application/grpc-web-text+proto", Protocol::kGrpcWebText},
    {"application/grpc-web-text", Protocol::kGrpcWebText},
    {"application/proto", Protocol::kConnectProto},
    {"application/json", Protocol::kConnectJson},
    {"application/connect+proto", Protocol::kConnectStreamProto},
    {"application/connect+json", Protocol::kConnectStreamJson},
}};

struct Code {
  std::string_view name;
  int http_status;
};
// In the order of the codes; the HTTP statuses are those of the Connect protocol's table.
constexpr std::array<Code, 17> kCodes = {{
    {"ok", 200},
    {"canceled", 499},
    {"unknown", 500},
    {"invalid_argument", 400},
    {"deadline_exceeded", 504},
    {"not_found", 404},
    {"already_exists", 409},
    {"permission_denied", 403},
    {"resource_exhausted", 429},
    {"failed_precondition", 400},
    {"aborted", 409},
    {"out_of_range", 400},
    {"unimplemented", 501},
    {"internal", 500},
    {"unavailable", 503},
    {"data_loss", 500},
    {"unauthenticated", 401},
}};

const Code& Find(absl::StatusCode code) {
  const auto index = static_cast<std::size_t>(code);
  return kCodes[index < kCodes.size() ? index
                                      : static_cast<std::size_t>(absl::StatusCode::kUnknown)];
}

}  // namespace

std::optional<Protocol> ProtocolOf(std::string_view content_type) {
  const std::size_t end = content_type.find(';');
  if (end != std::string_view::npos) {
    const auto parameter = absl::StripAsciiWhitespace(Absl(content_type.substr(end + 1)));
    if (!absl::EqualsIgnoreCase(parameter, "charset=utf-8")) return std::nullopt;
  }
  const auto name = absl::StripAsciiWhitespace(Absl(content_type.substr(0, end)));
  for (const MediaType& type : kMediaTypes) {
    if (absl::EqualsIgnoreCase(name, Absl(type.name))) return type.protocol;
  }
  return std::nullopt;
}

std::string_view Name(Protocol protocol) {
  switch (protocol) {
    case Protocol::kGrpcWeb:
      return "grpc_web";
    case Protocol::kGrpcWebText:
      return "grpc_web_text";
    case Protocol::kConnectProto:
      return "connect_proto";
    case Protocol::kConnectJson:
      return "connect_json";
    case Protocol::kConnectStreamProto:
      return "connect_stream_proto";
    case Protocol::kConnectStreamJson:
      return "connect_stream_json";
  }
  return "";
}

std::string_view CodeName(absl::StatusCode code) { return Find(code).name; }

int ConnectHttpStatus(absl::StatusCode code) { return Find(code).http_status; }

absl::StatusCode CodeOfHttpStatus(int status) {
  switch (status) {
    case 400:
      return absl::StatusCode::kInternal;
    case 401:
      return absl::StatusCode::kUnauthenticated;
    case 403:
      return absl::StatusCode::kPermissionDenied;
    case 404:
      return absl::StatusCode::kUnimplemented;
    case 429:
    case 502:
    case 503:
    case 504:
      return absl::StatusCode::kUnavailable;
    default:
      return absl::StatusCode::kUnknown;
  }
}

}  // namespace guildhall::gateway
