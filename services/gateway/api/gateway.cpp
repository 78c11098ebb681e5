#include "services/gateway/api/gateway.h"

#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "libs/service/addresses.h"
#include "libs/telemetry/log.h"
#include "libs/telemetry/trace.h"
#include "services/gateway/api/counts.h"
#include "services/gateway/api/pages.h"
#include "services/gateway/api/proxy_call.h"

namespace guildhall::gateway {
namespace {

// Callers whose rates are told apart at once, 1 MiB for each of the two kinds.
constexpr int kLimitedCallers = 1 << 16;
// Base64 makes a body a third larger, frames add a few bytes.
constexpr std::uint64_t kFramingRoom = 64;

// A page may keep the answer to a preflight for two hours, the longest that browsers grant.
constexpr std::string_view kPreflightLines =
    "access-control-allow-methods: POST\r\n"
    "access-control-allow-headers: authorization, cache-control, connect-protocol-version, "
    "connect-timeout-ms, content-type, grpc-timeout, traceparent, x-grpc-web, x-guildhall, "
    "x-user-agent\r\n"
    "access-control-allow-credentials: true\r\naccess-control-max-age: 7200\r\nvary: Origin\r\n";
constexpr std::string_view kTextLines =
    "content-type: text/plain; charset=utf-8\r\nx-content-type-options: nosniff\r\n";

// By this id an answer is found in the log; it belongs to no call of a service.
std::string RequestId(const telemetry::TraceContext& trace) {
  return absl::StrCat("x-request-id: ", trace.TraceIdText(), "\r\n");
}

}  // namespace

Shared::Shared(Settings s, const Clock& c, telemetry::Metrics& m)
    : settings(std::move(s)),
      clock(c),
      metrics(m),
      origins(settings.allowed_origins, !settings.insecure_cookie),
      session_limiter({static_cast<double>(settings.session_rate), settings.session_burst},
                      kLimitedCallers),
      address_limiter({static_cast<double>(settings.address_rate), settings.address_burst},
                      kLimitedCallers),
      sampler(settings.sampled_ratio, settings.sampled_wishes),
      cookie_name(settings.insecure_cookie ? kPlainCookie : kSecureCookie) {}

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::Start(http::Loop& loop, const Settings& settings,
                                                        telemetry::Metrics& metrics,
                                                        const Clock& clock) {
  GUILDHALL_TRY(service::CheckAddresses("listen", settings.listen));
  auto shared = std::make_unique<Shared>(settings, clock, metrics);
  GUILDHALL_ASSIGN(shared->proxies, TrustedProxies::Parse(settings.trusted_proxies));
  std::unique_ptr<Gateway> gateway(new Gateway(std::move(shared)));
  GUILDHALL_TRY(gateway->Connect(loop));
  GUILDHALL_ASSIGN(gateway->shared_->live,
                   Live::Start(loop, settings, metrics, gateway->shared_->fresh_callers));
  const std::uint64_t largest = Count(settings.body_limit) / 3 * 4 + kFramingRoom;
  GUILDHALL_ASSIGN(gateway->server_, http::Server::Listen(loop, settings.listen, *gateway,
                                                          {.head = settings.head_limit,
                                                           .body = Bytes{largest},
                                                           .connections = settings.connections}));
  ExposeCounts(metrics, *gateway->server_, gateway->shared_->upstreams);
  return gateway;
}

Gateway::Gateway(std::unique_ptr<Shared> shared) : shared_(std::move(shared)) {}

Gateway::~Gateway() {
  // Calls first: they hold on to everything else.
  server_ = nullptr;
}

absl::Status Gateway::Connect(http::Loop& loop) {
  const Settings& settings = shared_->settings;
  const std::pair<std::string, std::string> services[] = {
      {"identity", settings.identity_address},
      {"directory", settings.directory_address},
      {"discussions", settings.discussions_address},
      {"probe", settings.probe_address},
  };
  std::vector<std::string> audiences;
  for (const auto& [audience, text] : services) {
    if (audience == "probe" && text.empty()) continue;
    GUILDHALL_TRY(service::CheckAddresses(absl::StrCat(audience, "_address"), text));
    GUILDHALL_ASSIGN(std::vector<http::Address> addresses, http::ParseAddresses(text));
    shared_->upstreams[audience] = std::make_unique<http::Upstream>(
        loop, std::move(addresses), http::UpstreamOptions{.calls = settings.calls});
    audiences.push_back(audience);
  }
  GUILDHALL_ASSIGN(access::ServiceKey key,
                   access::ServiceKey::FromSecret(settings.service_key.Reveal()));
  shared_->sessions = std::make_unique<Sessions>(
      loop, *shared_->upstreams["identity"], std::move(key),
      Sessions::Options{.audiences = std::move(audiences),
                        .capacity = static_cast<std::size_t>(settings.cached_sessions)},
      shared_->clock);
  GUILDHALL_ASSIGN(
      shared_->routes,
      Routes::FromContracts(shared_->metrics, [&](std::string_view audience) -> http::Upstream* {
        const auto found = shared_->upstreams.find(std::string(audience));
        return found == shared_->upstreams.end() ? nullptr : found->second.get();
      }));
  pages_ = Pages(shared_->routes, shared_->settings);
  return absl::OkStatus();
}

std::unique_ptr<http::Call> Gateway::OnRequest(http::Exchange& exchange) {
  const http::Request& request = exchange.request();
  const Route* const route = shared_->routes.Find(request.target);
  if (request.method == "POST") {
    auto call = std::make_unique<ProxyCall>(*shared_, exchange, route);
    call->Proceed();
    if (call->done()) return nullptr;
    return call;
  }
  if (request.method == "OPTIONS") {
    Preflight(exchange, route);
  } else if (request.method != "GET" && request.method != "HEAD") {
    SendText(exchange, 405, "allow: GET, HEAD, OPTIONS, POST\r\n", "Methods are called by POST.\n");
  } else if (const auto page = pages_.find(request.target); page != pages_.end()) {
    const auto trace = telemetry::TraceContext::Begin(shared_->random);
    http::Response response = page->second;
    response.head += RequestId(trace);
    exchange.Send(std::move(response));
  } else if (route != nullptr) {
    SendText(exchange, 405, "allow: OPTIONS, POST\r\n", "Methods are called by POST.\n");
  } else {
    SendText(exchange, 404, "", "There is nothing here; see /.\n");
  }
  return nullptr;
}

std::string Gateway::OnRefused(int status) {
  const auto trace = telemetry::TraceContext::Begin(shared_->random);
  telemetry::Log(telemetry::Severity::kInfo, "request refused",
                 {{"http.status", status}, telemetry::Field(trace)});
  return RequestId(trace);
}

void Gateway::SendText(http::Exchange& exchange, int status, std::string_view more,
                       std::string text) {
  exchange.Send({.status = status,
                 .head = absl::StrCat(Absl(kTextLines), Absl(more), OnRefused(status)),
                 .body = std::move(text)});
}

void Gateway::Preflight(http::Exchange& exchange, const Route* route) {
  const http::Request& request = exchange.request();
  const auto origin = request.Find("origin");
  if (route == nullptr || !origin ||
      !shared_->origins.Allows(*origin, request.Find("host").value_or(""))) {
    return SendText(exchange, 403, "", "A page of this origin may not call.\n");
  }
  exchange.Send({.status = 204,
                 .head = absl::StrCat("access-control-allow-origin: ", Absl(*origin), "\r\n",
                                      Absl(kPreflightLines),
                                      RequestId(telemetry::TraceContext::Begin(shared_->random)))});
}

}  // namespace guildhall::gateway
