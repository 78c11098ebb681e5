#include "services/gateway/api/request_head.h"

#include <array>

namespace guildhall::gateway {
namespace {

struct Known {
  std::string_view name;
  RequestHead::Text RequestHead::*field;
  bool may_repeat = false;
};
constexpr std::array<Known, 17> kKnown = {{
    {"authorization", &RequestHead::authorization},
    {"cache-control", &RequestHead::cache_control, true},
    {"connect-protocol-version", &RequestHead::connect_protocol_version},
    {"connect-timeout-ms", &RequestHead::connect_timeout_ms},
    {"content-encoding", &RequestHead::content_encoding},
    {"content-type", &RequestHead::content_type},
    {"cookie", &RequestHead::cookie},
    {"grpc-encoding", &RequestHead::grpc_encoding},
    {"grpc-timeout", &RequestHead::grpc_timeout},
    {"host", &RequestHead::host},
    {"origin", &RequestHead::origin},
    {"sec-fetch-site", &RequestHead::sec_fetch_site},
    {"traceparent", &RequestHead::traceparent},
    {"user-agent", &RequestHead::user_agent},
    {"x-forwarded-for", &RequestHead::x_forwarded_for},
    {"x-grpc-web", &RequestHead::x_grpc_web},
    {"x-guildhall", &RequestHead::x_guildhall},
}};

}  // namespace

RequestHead RequestHead::Of(const http::Request& request) {
  RequestHead head;
  for (const http::Field& field : request.fields) {
    for (const Known& known : kKnown) {
      if (known.name != field.name) continue;
      if (head.*known.field && !known.may_repeat) head.repeated = known.name;
      head.*known.field = field.value;
      break;
    }
  }
  return head;
}

}  // namespace guildhall::gateway
