// ProbeService.Echo as a process of its own, with every step of a real call around it: its facts
// come from identity and directory, as those of any service without a store of its own. What
// `tools/dev bench` routes the gateway to.
#include "guildhall/gateway/v1/probe_service.pb.h"
#include "libs/access/token.h"
#include "libs/base/status_macros.h"
#include "libs/feeds/watched_facts.h"
#include "libs/rpc/server.h"
#include "libs/service/main.h"
#include "libs/service/periodic.h"

namespace guildhall {
namespace {

struct ProbeSettings {
  rpc::ServerSettings server;
  settings::Secret service_key;
  std::string identity_address;
  std::string directory_address;

  void Describe(settings::Schema& schema) {
    server.Describe(schema);
    schema.Add("service_key", &service_key, "As in every service");
    schema.Add("identity_address", &identity_address, "Where identity is");
    schema.Add("directory_address", &directory_address, "Where directory is");
  }
};

absl::StatusOr<gateway::v1::EchoResponse> Echo(const rpc::Call&,
                                               const gateway::v1::EchoRequest& request) {
  gateway::v1::EchoResponse response;
  response.set_payload(request.payload());
  return response;
}

class Probe final : public service::Running {
 public:
  Probe(const ProbeSettings& settings, access::ServiceKey key, telemetry::Metrics& metrics)
      : identity_({queue_, "probe", "identity", settings.identity_address, key, metrics}),
        directory_({queue_, "probe", "directory", settings.directory_address, key, metrics}),
        facts_(queue_, identity_, directory_, metrics),
        server_(queue_, settings.server,
                {.service = "probe",
                 .facts = *facts_,
                 .metrics = metrics,
                 .verify_token = [this](std::string_view token) { return tokens_.Verify(token); },
                 .service_key = key}),
        upkeep_({{"refresh_keys", absl::Seconds(1),
                  [this](absl::Time) {
                    keys_.RefreshIfDue(SystemClock().Monotonic());
                    return absl::OkStatus();
                  }}},
                metrics) {
    server_.Inline<gateway::v1::EchoRequest, gateway::v1::EchoResponse>(
        "guildhall.gateway.v1.ProbeService/Echo", Echo);
  }

  absl::Status Start() { return server_.Start(); }
  std::string address() const override { return server_.address(); }
  void Drain(absl::Duration grace) override { server_.Drain(grace); }

 private:
  rpc::Queue queue_;
  rpc::Client identity_;
  rpc::Client directory_;
  access::KeySet keys_{feeds::FetchKeys(identity_)};
  access::TokenVerifier tokens_{"guildhall", "probe", keys_};
  feeds::WatchedFacts facts_;
  rpc::Server server_;
  service::Periodic upkeep_;
};

absl::StatusOr<std::unique_ptr<service::Running>> Start(const ProbeSettings& settings,
                                                        telemetry::Metrics& metrics) {
  GUILDHALL_ASSIGN(access::ServiceKey key,
                   access::ServiceKey::FromSecret(settings.service_key.Reveal()));
  auto probe = std::make_unique<Probe>(settings, std::move(key), metrics);
  GUILDHALL_TRY(probe->Start());
  return probe;
}

}  // namespace
}  // namespace guildhall

int main(int argc, char** argv) {
  using namespace guildhall;
  ProbeSettings settings;
  return service::Main(
      argc, argv,
      {.name = "probe",
       .describe = [&](settings::Schema& schema) { settings.Describe(schema); },
       .start = [&](telemetry::Metrics& metrics) { return Start(settings, metrics); }});
}
