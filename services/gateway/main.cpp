// The gateway: the one door between clients and the services.
#include <future>

#include "libs/base/status_macros.h"
#include "libs/service/main.h"
#include "services/gateway/api/gateway.h"
#include "services/gateway/settings.h"

namespace guildhall::gateway {
namespace {

class GatewayProcess final : public service::Running {
 public:
  ~GatewayProcess() override { loop_.Stop(); }

  absl::Status Start(const Settings& settings, telemetry::Metrics& metrics) {
    GUILDHALL_TRY(redis::Check(settings.redis));
    GUILDHALL_ASSIGN(gateway_, Gateway::Start(loop_, settings, metrics));
    loop_.Start();
    return absl::OkStatus();
  }

  std::string address() const override { return gateway_->address(); }

  void Drain(absl::Duration grace) override {
    // Shared: it may be told after the grace has passed.
    const auto drained = std::make_shared<std::promise<void>>();
    gateway_->Drain([drained] { drained->set_value(); });
    drained->get_future().wait_for(absl::ToChronoNanoseconds(grace));
    loop_.Stop();
  }

 private:
  http::Loop loop_;
  std::unique_ptr<Gateway> gateway_;
};

absl::StatusOr<std::unique_ptr<service::Running>> Start(const Settings& settings,
                                                        telemetry::Metrics& metrics) {
  auto process = std::make_unique<GatewayProcess>();
  GUILDHALL_TRY(process->Start(settings, metrics));
  return process;
}

}  // namespace
}  // namespace guildhall::gateway

int main(int argc, char** argv) {
  using namespace guildhall;
  gateway::Settings settings;
  return service::Main(
      argc, argv,
      {.name = "gateway",
       .describe = [&](settings::Schema& schema) { settings.Describe(schema); },
       .start = [&](telemetry::Metrics& metrics) { return gateway::Start(settings, metrics); }});
}
