#include "services/gateway/domain/protocol.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace guildhall::gateway {
namespace {

const std::vector<Protocol> kAll = {
    Protocol::kGrpcWeb,     Protocol::kGrpcWebText,        Protocol::kConnectProto,
    Protocol::kConnectJson, Protocol::kConnectStreamProto, Protocol::kConnectStreamJson};

TEST_CASE("a content type says what a client speaks") {
  CHECK(ProtocolOf("application/grpc-web") == Protocol::kGrpcWeb);
  CHECK(ProtocolOf("application/grpc-web+proto") == Protocol::kGrpcWeb);
  CHECK(ProtocolOf("application/grpc-web-text") == Protocol::kGrpcWebText);
  CHECK(ProtocolOf("application/grpc-web-text+proto") == Protocol::kGrpcWebText);
  CHECK(ProtocolOf("application/proto") == Protocol::kConnectProto);
  CHECK(ProtocolOf("application/json") == Protocol::kConnectJson);
  CHECK(ProtocolOf("application/connect+proto") == Protocol::kConnectStreamProto);
  CHECK(ProtocolOf("application/connect+json") == Protocol::kConnectStreamJson);
}

TEST_CASE("a content type is in any case, and UTF-8 if it says so") {
  CHECK(ProtocolOf(" Application/JSON ") == Protocol::kConnectJson);
  CHECK(ProtocolOf("application/json; charset=UTF-8") == Protocol::kConnectJson);
  for (const char* other : {"", "text/plain", "application/grpc", "application/json2",
                            "application/json; charset=latin1", "application/json;"}) {
    INFO(other);
    CHECK_FALSE(ProtocolOf(other));
  }
}

TEST_CASE("a method is called in both forms of gRPC-web and in its own framing of Connect") {
  std::vector<Protocol> unary, streaming;
  for (const Protocol protocol : kAll) {
    if (Speaks(protocol, false)) unary.push_back(protocol);
    if (Speaks(protocol, true)) streaming.push_back(protocol);
  }
  CHECK(unary == std::vector{Protocol::kGrpcWeb, Protocol::kGrpcWebText, Protocol::kConnectProto,
                             Protocol::kConnectJson});
  CHECK(streaming == std::vector{Protocol::kGrpcWeb, Protocol::kGrpcWebText,
                                 Protocol::kConnectStreamProto, Protocol::kConnectStreamJson});
}

TEST_CASE("messages are JSON in two protocols") {
  std::vector<Protocol> json;
  for (const Protocol protocol : kAll) {
    if (IsJson(protocol)) json.push_back(protocol);
  }
  CHECK(json == std::vector{Protocol::kConnectJson, Protocol::kConnectStreamJson});
}

TEST_CASE("metrics name each protocol") {
  std::vector<std::string> names;
  for (const Protocol protocol : kAll) names.emplace_back(Name(protocol));
  CHECK(names == std::vector<std::string>{"grpc_web", "grpc_web_text", "connect_proto",
                                          "connect_json", "connect_stream_proto",
                                          "connect_stream_json"});
}

// Connect's own table: connectrpc.com/docs/protocol, "Error Codes".
TEST_CASE("Connect answers each code by its name and with its HTTP status") {
  using absl::StatusCode;
  const auto is = [](StatusCode code, std::string_view name, int http_status) {
    return CodeName(code) == name && ConnectHttpStatus(code) == http_status;
  };
  CHECK(is(StatusCode::kOk, "ok", 200));
  CHECK(is(StatusCode::kCancelled, "canceled", 499));
  CHECK(is(StatusCode::kUnknown, "unknown", 500));
  CHECK(is(StatusCode::kInvalidArgument, "invalid_argument", 400));
  CHECK(is(StatusCode::kDeadlineExceeded, "deadline_exceeded", 504));
  CHECK(is(StatusCode::kNotFound, "not_found", 404));
  CHECK(is(StatusCode::kAlreadyExists, "already_exists", 409));
  CHECK(is(StatusCode::kPermissionDenied, "permission_denied", 403));
  CHECK(is(StatusCode::kResourceExhausted, "resource_exhausted", 429));
  CHECK(is(StatusCode::kFailedPrecondition, "failed_precondition", 400));
  CHECK(is(StatusCode::kAborted, "aborted", 409));
  CHECK(is(StatusCode::kOutOfRange, "out_of_range", 400));
  CHECK(is(StatusCode::kUnimplemented, "unimplemented", 501));
  CHECK(is(StatusCode::kInternal, "internal", 500));
  CHECK(is(StatusCode::kUnavailable, "unavailable", 503));
  CHECK(is(StatusCode::kDataLoss, "data_loss", 500));
  CHECK(is(StatusCode::kUnauthenticated, "unauthenticated", 401));
}

// gRPC's own table: grpc/grpc, doc/http-grpc-status-mapping.md.
TEST_CASE("a service that answers no gRPC status is judged by that of HTTP") {
  CHECK(CodeOfHttpStatus(400) == absl::StatusCode::kInternal);
  CHECK(CodeOfHttpStatus(401) == absl::StatusCode::kUnauthenticated);
  CHECK(CodeOfHttpStatus(403) == absl::StatusCode::kPermissionDenied);
  CHECK(CodeOfHttpStatus(404) == absl::StatusCode::kUnimplemented);
  for (const int busy : {429, 502, 503, 504}) {
    CHECK(CodeOfHttpStatus(busy) == absl::StatusCode::kUnavailable);
  }
  for (const int other : {200, 402, 500, 501, 505}) {
    CHECK(CodeOfHttpStatus(other) == absl::StatusCode::kUnknown);
  }
}

}  // namespace
}  // namespace guildhall::gateway
