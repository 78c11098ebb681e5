#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <google/protobuf/descriptor.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/base/refusal.h"
#include "libs/http/message.h"
#include "services/gateway/domain/protocol.h"
#include "services/gateway/domain/rate_limiter.h"

namespace guildhall::gateway {

// What a service answered, as it stands on the wire of gRPC.
struct ServiceReply {
  int http_status = 0;
  int grpc_status = -1;     // none came
  std::string message;      // percent-encoded
  std::string details;      // base64
  std::string frames;       // of the body
  std::string set_session;  // asks for a cookie
  bool clear_session = false;

  // Takes a field of the head or of the trailers; those not listed here go no further.
  void Take(std::string_view name, std::string_view value);

  // The status that the service gave, refusal and all; INTERNAL or what its HTTP status stands for
  // when it gave none.
  absl::Status status() const;
};

// Body and HTTP status of a refusal of the gateway's own.
http::Response RefusalAs(Protocol protocol, const absl::Status& refusal);

// Body and HTTP status of a service's reply. `status` is reply.status(). Fails with INTERNAL when
// the reply is no message of the method's.
absl::StatusOr<http::Response> ReplyAs(Protocol protocol,
                                       const google::protobuf::MethodDescriptor& method,
                                       const absl::Status& status, ServiceReply reply);

// What the head of an answer tells beside its body.
struct AnswerFacts {
  Protocol protocol;
  bool ok;
  std::string_view request_id;
  std::string_view cross_origin;  // the foreign page that may read it; empty: none
  std::optional<RateLimiter::Verdict> rate;
  int rate_limit = 0;
  std::optional<absl::Duration> retry_after;
  std::string_view set_cookie;  // a whole line, or empty
};

// The lines of the head.
std::string HeadLines(const AnswerFacts& facts);

}  // namespace guildhall::gateway
