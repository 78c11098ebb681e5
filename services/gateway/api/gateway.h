#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/service_token.h"
#include "libs/base/clock.h"
#include "libs/base/random.h"
#include "libs/http/server.h"
#include "libs/http/upstream.h"
#include "libs/telemetry/metrics.h"
#include "services/gateway/api/client_address.h"
#include "services/gateway/api/live.h"
#include "services/gateway/api/routes.h"
#include "services/gateway/clients/sessions.h"
#include "services/gateway/domain/fresh_callers.h"
#include "services/gateway/domain/origin.h"
#include "services/gateway/domain/rate_limiter.h"
#include "services/gateway/domain/sampler.h"
#include "services/gateway/settings.h"

namespace guildhall::gateway {

// What every call of a gateway shares. On the loop after construction.
struct Shared {
  Shared(Settings s, const Clock& c, telemetry::Metrics& m);

  const Settings settings;
  const Clock& clock;
  telemetry::Metrics& metrics;
  BufferedRandom random;
  OriginPolicy origins;
  TrustedProxies proxies;
  RateLimiter session_limiter;
  RateLimiter address_limiter;
  Sampler sampler;
  FreshCallers fresh_callers;
  std::map<std::string, std::unique_ptr<http::Upstream>> upstreams;  // by audience
  Routes routes;
  std::unique_ptr<Sessions> sessions;
  std::string_view cookie_name;
  std::uint64_t answered = 0;  // calls that were OK, for the sample in the log
  std::unique_ptr<Live> live;
};

// The one door: gRPC-web and Connect in front, HTTP/2 to the services behind.
class Gateway final : public http::Handler {
 public:
  // Connects and listens; requests are taken once the loop runs. `loop`, `metrics` and `clock`
  // outlive it. Fails with INVALID_ARGUMENT for settings that make no sense and with what
  // http::Server::Listen fails with.
  static absl::StatusOr<std::unique_ptr<Gateway>> Start(http::Loop& loop, const Settings& settings,
                                                        telemetry::Metrics& metrics,
                                                        const Clock& clock = SystemClock());

  // With the loop stopped.
  ~Gateway() override;

  std::unique_ptr<http::Call> OnRequest(http::Exchange& exchange) override;
  std::string OnRefused(int status) override;

  const std::string& address() const { return server_->address(); }

  // Takes nothing new, ends what it has begun, then calls `done` on the loop.
  void Drain(std::function<void()> done) { server_->Drain(std::move(done)); }

 private:
  explicit Gateway(std::unique_ptr<Shared> shared);
  absl::Status Connect(http::Loop& loop);
  void Preflight(http::Exchange& exchange, const Route* route);
  void SendText(http::Exchange& exchange, int status, std::string_view more, std::string text);

  std::unique_ptr<Shared> shared_;
  std::unique_ptr<http::Server> server_;
  std::map<std::string_view, http::Response> pages_;  // for people, by path
};

}  // namespace guildhall::gateway
