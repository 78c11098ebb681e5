#include "services/gateway/api/answer.h"

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "guildhall/gateway/v1/reasons.h"
#include "libs/base/strings.h"
#include "libs/http/grpc_status.h"
#include "services/gateway/api/json.h"
#include "services/gateway/domain/framing.h"

namespace guildhall::gateway {
namespace {

constexpr int kUnsupportedMediaType = 415;
// Room for the usual lines.
constexpr std::size_t kUsualHead = 512;

constexpr std::string_view kGrpcWebType = "content-type: application/grpc-web+proto\r\n";
constexpr std::string_view kGrpcWebTextType = "content-type: application/grpc-web-text+proto\r\n";
constexpr std::string_view kProtoType = "content-type: application/proto\r\n";
constexpr std::string_view kJsonType = "content-type: application/json\r\n";
constexpr std::string_view kStreamProtoType = "content-type: application/connect+proto\r\n";
constexpr std::string_view kStreamJsonType = "content-type: application/connect+json\r\n";
// What a page of another origin may read of an answer.
constexpr std::string_view kExposed =
    "access-control-allow-credentials: true\r\nvary: Origin\r\naccess-control-expose-headers: "
    "grpc-status, grpc-message, grpc-status-details-bin, x-request-id, retry-after, "
    "ratelimit-limit, ratelimit-remaining, ratelimit-reset\r\n";

std::string_view ContentType(Protocol protocol, bool ok) {
  switch (protocol) {
    case Protocol::kGrpcWeb:
      return kGrpcWebType;
    case Protocol::kGrpcWebText:
      return kGrpcWebTextType;
    case Protocol::kConnectProto:
      return ok ? kProtoType : kJsonType;  // errors are JSON
    case Protocol::kConnectJson:
      return kJsonType;
    case Protocol::kConnectStreamProto:
      return kStreamProtoType;
    case Protocol::kConnectStreamJson:
      return kStreamJsonType;
  }
  return {};
}

std::int64_t CeilSeconds(absl::Duration wait) {
  return absl::ToInt64Seconds(absl::Ceil(wait, absl::Seconds(1)));
}

// gRPC-web text is base64 from the first byte to the last.
http::Response AsText(http::Response response, Protocol protocol) {
  if (protocol == Protocol::kGrpcWebText) {
    response.body = absl::Base64Escape(absl::StrCat(response.body, response.tail));
    response.tail.clear();
  }
  return response;
}

}  // namespace

void ServiceReply::Take(std::string_view name, std::string_view value) {
  if (name == "grpc-status") {
    if (!absl::SimpleAtoi(Absl(value), &grpc_status) || grpc_status < 0) grpc_status = -1;
  } else if (name == ":status") {
    if (!absl::SimpleAtoi(Absl(value), &http_status)) http_status = 0;
  } else if (name == "grpc-message") {
    message = value;
  } else if (name == "grpc-status-details-bin") {
    details = value;
  } else if (name == "guildhall-set-session") {
    set_session = value;
  } else if (name == "guildhall-clear-session") {
    clear_session = true;
  }
}

absl::Status ServiceReply::status() const {
  if (grpc_status == 0) return absl::OkStatus();
  if (grpc_status > 0) {
    std::string bytes;
    absl::Base64Unescape(details, &bytes);
    return http::ParseStatus(grpc_status, PercentDecode(message), bytes);
  }
  if (http_status == 200) return absl::InternalError("The service gave no status.");
  return absl::Status(CodeOfHttpStatus(http_status),
                      absl::StrCat("The service answered with HTTP status ", http_status, "."));
}

http::Response RefusalAs(Protocol protocol, const absl::Status& refusal) {
  http::Response response;
  if (IsConnect(protocol)) {
    response.status = Is(refusal, reasons::kContentTypeUnsupported)
                          ? kUnsupportedMediaType
                          : ConnectHttpStatus(refusal.code());
    response.body =
        ErrorJson(refusal.code(), Std(refusal.message()), http::SerializeStatus(refusal));
    if (!IsConnectStream(protocol)) return response;
    // The status of a stream stands in its last message.
    response.body = ConnectEndFrame(response.body);
    if (response.status != kUnsupportedMediaType) response.status = 200;
    return response;
  }
  std::string details;
  absl::Base64Escape(http::SerializeStatus(refusal), &details);
  while (details.ends_with('=')) details.pop_back();  // as gRPC writes binary fields
  response.tail = TrailerFrame(static_cast<int>(refusal.code()),
                               PercentEncode(Std(refusal.message())), details);
  return AsText(std::move(response), protocol);
}

absl::StatusOr<http::Response> ReplyAs(Protocol protocol,
                                       const google::protobuf::MethodDescriptor& method,
                                       const absl::Status& status, ServiceReply reply) {
  http::Response response;
  if (!IsConnect(protocol)) {
    response.body = std::move(reply.frames);
    response.tail = TrailerFrame(reply.grpc_status, reply.message, reply.details);
    return AsText(std::move(response), protocol);
  }
  if (!status.ok()) {
    std::string details;
    absl::Base64Unescape(reply.details, &details);
    response.status = ConnectHttpStatus(status.code());
    response.body = ErrorJson(status.code(), Std(status.message()), details);
    return response;
  }
  const absl::StatusOr<std::string_view> message = MessageIn(reply.frames);
  if (!message.ok()) return absl::InternalError("The service's reply is no frame.");
  if (protocol == Protocol::kConnectProto) {
    response.body = std::move(reply.frames);
    response.skip = kFrameHead;
    return response;
  }
  absl::StatusOr<std::string> json = MessageToJson(*method.output_type(), *message);
  if (!json.ok()) return json.status();
  response.body = *std::move(json);
  return response;
}

std::string HeadLines(const AnswerFacts& facts) {
  std::string lines;
  lines.reserve(kUsualHead);
  lines.append(ContentType(facts.protocol, facts.ok))
      .append("x-content-type-options: nosniff\r\nx-request-id: ")
      .append(facts.request_id)
      .append("\r\n");
  if (facts.rate) {
    absl::StrAppend(&lines, "ratelimit-limit: ", facts.rate_limit,
                    "\r\nratelimit-remaining: ", facts.rate->remaining,
                    "\r\nratelimit-reset: ", CeilSeconds(facts.rate->full_after), "\r\n");
  }
  if (facts.retry_after) {
    absl::StrAppend(&lines, "retry-after: ", CeilSeconds(*facts.retry_after), "\r\n");
  }
  if (!facts.cross_origin.empty()) {
    absl::StrAppend(&lines, "access-control-allow-origin: ", Absl(facts.cross_origin), "\r\n",
                    Absl(kExposed));
  }
  lines.append(facts.set_cookie);
  return lines;
}

}  // namespace guildhall::gateway
