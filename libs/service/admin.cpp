#include "libs/service/admin.h"

#include "libs/base/status_macros.h"

namespace guildhall::service {
namespace {

constexpr char kPlain[] = "content-type: text/plain; charset=utf-8\r\n";
constexpr char kMetrics[] = "content-type: text/plain; version=0.0.4; charset=utf-8\r\n";

http::Response Plain(int status, std::string body) {
  return {.status = status, .head = kPlain, .body = std::move(body)};
}

http::Response Verdict(bool good) { return good ? Plain(200, "ok\n") : Plain(503, "no\n"); }

}  // namespace

absl::StatusOr<std::unique_ptr<Admin>> Admin::Start(const std::string& address,
                                                    telemetry::Metrics& metrics) {
  std::unique_ptr<Admin> admin(new Admin(metrics));
  const http::ServerLimits limits{.head = KiB(8), .body = KiB(1), .connections = 64};
  GUILDHALL_ASSIGN(admin->server_, http::Server::Listen(admin->loop_, address, *admin, limits));
  admin->loop_.Start();
  return admin;
}

Admin::~Admin() { loop_.Stop(); }

std::unique_ptr<http::Call> Admin::OnRequest(http::Exchange& exchange) {
  const http::Request& request = exchange.request();
  exchange.Send(Answer(request.method, request.target));
  return nullptr;
}

http::Response Admin::Answer(std::string_view method, std::string_view target) {
  if (method != "GET") return Plain(405, "only GET\n");
  if (target == "/livez") return Verdict(alive_);
  if (target == "/readyz") return Verdict(ready_);
  if (target == "/metrics") return {.status = 200, .head = kMetrics, .body = metrics_.Text()};
  return Plain(404, "here are /livez, /readyz and /metrics\n");
}

}  // namespace guildhall::service
