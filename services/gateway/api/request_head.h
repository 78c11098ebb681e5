#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "libs/http/message.h"

namespace guildhall::gateway {

// The fields of a client's request that the gateway reads. No other one has any effect, and none
// is passed on as it is.
struct RequestHead {
  using Text = std::optional<std::string_view>;

  Text authorization, cache_control, connect_protocol_version, connect_timeout_ms, content_encoding,
      content_type, cookie, grpc_encoding, grpc_timeout, host, origin, sec_fetch_site, traceparent,
      user_agent, x_forwarded_for, x_grpc_web, x_guildhall;
  // A field that came twice, of those that must not; empty when none did.
  std::string_view repeated;

  static RequestHead Of(const http::Request& request);
};

}  // namespace guildhall::gateway
