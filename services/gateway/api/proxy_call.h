#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "libs/base/deadline.h"
#include "libs/http/server.h"
#include "libs/http/upstream.h"
#include "libs/telemetry/trace.h"
#include "services/gateway/api/answer.h"
#include "services/gateway/api/gateway.h"
#include "services/gateway/api/live_call.h"
#include "services/gateway/api/request_head.h"
#include "services/gateway/api/search_call.h"
#include "services/gateway/domain/protocol.h"
#include "services/gateway/domain/rate_limiter.h"
#include "services/gateway/domain/session_credential.h"

namespace guildhall::gateway {

// One request on its way to a service and back. Which steps it passes, in which order and why,
// stands in proxy_call.cpp.
class ProxyCall final : public http::Call, private http::ReplySink, private Sessions::Waiter {
 public:
  ProxyCall(Shared& shared, http::Exchange& exchange, const Route* route);
  // Takes back what is under way.
  ~ProxyCall() override;

  void OnWritable() override;
  void OnDrain() override;

  // Takes the steps, as far as they go without waiting.
  void Proceed();
  // Whether there is nothing left to do.
  bool done() const { return answered_ && !live_; }

 private:
  // A step lets the call go on (true), or has answered it or waits for something (false).
  struct Step {
    const char* name;
    bool (ProxyCall::*take)();
  };
  static const std::array<Step, 12> kSteps;

  bool Trace();
  bool ChooseProtocol();
  bool ReadCredential();
  bool CheckOrigin();
  bool CheckRoute();
  bool CheckHeaders();
  bool SetDeadline();
  bool Recognize();
  bool LimitRate();
  bool FindSession();
  bool Decode();
  bool Forward();
  // Whether nothing may come from what services keep; they are told by guildhall-fresh.
  bool MustBeFresh() const;
  void NoteWrite();
  // The last step of methods that the gateway answers itself.
  bool Subscribe();
  bool Search();
  void OnFound(const absl::StatusOr<v1::SearchResponse>& found);

  void OnTokens(absl::StatusOr<Sessions::Tokens> tokens) override;
  void OnField(std::string_view name, std::string_view value) override;
  void OnData(std::string_view bytes) override;
  void OnEnd(const absl::Status& status) override;

  // Whether a service did not take the token that identity made for it; then this goes on.
  bool Renews(const absl::Status& answer);
  // Sends what a service, or the gateway in its place, has answered.
  void Reply(ServiceReply reply);
  bool Refuse(const absl::Status& refusal);
  void Send(http::Response response, const absl::Status& status);
  // Counts and logs an answer, and writes the lines of its head.
  std::string Note(const absl::Status& status);
  void Log(absl::StatusCode code, std::string_view reason, absl::Duration took) const;

  Shared& shared_;
  http::Exchange& exchange_;
  const Route* const route_;
  const RequestHead head_;
  const absl::Duration began_;
  std::size_t next_step_ = 0;
  bool answered_ = false;

  telemetry::TraceContext trace_;
  std::array<char, telemetry::TraceContext::kTextSize> traceparent_{};
  Protocol protocol_ = Protocol::kConnectJson;
  bool cross_origin_ = false;
  Deadline deadline_;
  Deadline stream_deadline_;  // of a stream: only the client's own
  std::string client_address_;
  std::string user_agent_;
  std::optional<Credential> credential_;
  SecretDigest digest_{};
  Sessions::Tokens tokens_;
  bool awaits_tokens_ = false;
  bool has_renewed_ = false;
  std::optional<RateLimiter::Verdict> rate_verdict_;
  int rate_limit_ = 0;

  std::string decoded_;
  std::array<char, 5> frame_head_{};
  std::array<http::Field, 5> fields_{};
  std::size_t field_count_ = 0;
  std::array<std::string_view, 2> body_{};
  std::unique_ptr<http::UpstreamCall> upstream_;

  std::optional<LiveCall> live_;
  std::optional<SearchCall> search_;

  ServiceReply reply_;
  std::string set_cookie_;  // a whole line
};

}  // namespace guildhall::gateway
