#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "libs/http/loop.h"
#include "libs/http/server.h"
#include "libs/telemetry/metrics.h"

namespace guildhall::service {

// The port for operators: GET /livez, /readyz and /metrics, on a thread of its own, so that it
// answers however busy the process is.
class Admin final : public http::Handler {
 public:
  // `metrics` outlives it. Fails as http::Server::Listen does.
  static absl::StatusOr<std::unique_ptr<Admin>> Start(const std::string& address,
                                                      telemetry::Metrics& metrics);
  ~Admin() override;

  const std::string& address() const { return server_->address(); }
  void SetAlive(bool alive) { alive_ = alive; }
  void SetReady(bool ready) { ready_ = ready; }

  std::unique_ptr<http::Call> OnRequest(http::Exchange& exchange) override;

 private:
  explicit Admin(telemetry::Metrics& metrics) : metrics_(metrics) {}
  http::Response Answer(std::string_view method, std::string_view target);

  telemetry::Metrics& metrics_;
  std::atomic<bool> alive_ = true;
  std::atomic<bool> ready_ = false;
  http::Loop loop_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace guildhall::service
