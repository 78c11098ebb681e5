#pragma once

// For the gateway's own tests: the real gateway before services on the real engine, whose handlers
// the test states, and a client that sends bytes.

#include <google/protobuf/stubs/logging.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/status.pb.h"
#include "guildhall/gateway/v1/probe_service.pb.h"
#include "guildhall/gateway/v1/reasons.h"
#include "guildhall/identity/v1/identity_service.pb.h"
#include "guildhall/identity/v1/internal_identity_service.pb.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/check.h"
#include "libs/base/refusal.h"
#include "libs/base/strings.h"
#include "libs/http/grpc_status.h"
#include "libs/http/loop.h"
#include "libs/rpc/server.h"
#include "libs/testing/wire_client.h"
#include "services/gateway/api/gateway.h"
#include "services/gateway/domain/framing.h"

namespace guildhall::gateway {

using testing::WireClient;

inline constexpr char kServiceSecret[] = "a secret that all services of a test share";
inline constexpr char kEcho[] = "/guildhall.gateway.v1.ProbeService/Echo";
inline constexpr char kSignIn[] = "/guildhall.identity.v1.IdentityService/SignIn";
inline constexpr char kSignOut[] = "/guildhall.identity.v1.IdentityService/SignOut";
inline constexpr char kGetMe[] = "/guildhall.identity.v1.IdentityService/GetMe";

// The services behind the gateway. Sessions are secrets in `live`; a token is
// "<audience>.<secret>".
class ServicesFixture : public access::Facts {
 public:
  using EchoHandler =
      std::function<absl::StatusOr<v1::EchoResponse>(const rpc::Call&, const v1::EchoRequest&)>;

  ServicesFixture() {
    google::protobuf::SetLogHandler(nullptr);  // it complains of the bad input that tests send
    // When the last user of gRPC goes, its shutdown may wait 10 s for a poller of its own: this one
    // never goes.
    [[maybe_unused]] static const auto* const kept = new rpc::Queue;
    Serve(identity_queue_, identity_, "identity");
    AddIdentity(*identity_);
    Serve(probe_queue_, probe_, "probe");
    probe_->Unary<v1::EchoRequest, v1::EchoResponse>(
        &kEcho[1], [this](const rpc::Call& call, const v1::EchoRequest& request) {
          ++echoes;
          return echo(call, request);
        });
    GUILDHALL_CHECK(identity_->Start().ok());
    GUILDHALL_CHECK(probe_->Start().ok());
  }

  void Ask(const access::Question&, Deadline, Done done) override {
    done(access::Answer{.subject = {session_live, Affiliation::kEmployee}});
  }

  Settings SettingsOf() const {
    Settings settings;
    settings.listen = "127.0.0.1:0";
    settings.identity_address = identity_->address();
    // Nobody calls these.
    settings.directory_address = settings.discussions_address = "unix:/nowhere/socket";
    settings.probe_address = probe_->address();
    settings.service_key = settings::Secret(kServiceSecret);
    settings.allowed_origins = {"https://app.example.org"};
    return settings;
  }

  std::atomic<bool> session_live = true;
  std::atomic<int> exchanges = 0;  // IssueTokens answered
  std::atomic<int> echoes = 0;
  std::atomic<bool> knows_secret = true;
  std::atomic<int> refusals = 0;  // so many tokens the probe does not take
  EchoHandler echo = [](const rpc::Call&, const v1::EchoRequest& request) {
    v1::EchoResponse response;
    response.set_payload(request.payload());
    return response;
  };
  std::function<void()> before_exchange = [] {};

  // A service whose tokens begin with its name.
  void Serve(rpc::Queue& queue, std::unique_ptr<rpc::Server>& server, const std::string& name) {
    static int number = 0;
    rpc::ServerSettings settings;
    settings.listen = absl::StrCat("unix:/tmp/guildhall_gateway_", getpid(), "_", ++number);
    server = std::make_unique<rpc::Server>(
        queue, settings,
        rpc::ServerParts{
            .service = name,
            .facts = *this,
            .metrics = metrics_,
            .verify_token = [this, name](std::string_view token) -> absl::StatusOr<access::Caller> {
              const bool refused = name == "probe" && refusals > 0;
              if (refused) --refusals;
              if (refused || !token.starts_with(name + ".")) {
                return Refusal(policy::reasons::kTokenInvalid, "No token.");
              }
              access::Caller caller;
              caller.kind = access::Caller::Kind::kMember;
              return caller;
            },
            .service_key = *access::ServiceKey::FromSecret(kServiceSecret)});
  }

 private:
  template <typename Request, typename Response>
  static void Constant(rpc::Server& server, const std::string& method, Response response = {}) {
    server.Unary<Request, Response>(
        method, [response](const rpc::Call&, const Request&) { return response; });
  }

  void AddIdentity(rpc::Server& server) {
    namespace id = identity::v1;
    const std::string open = "guildhall.identity.v1.IdentityService/";
    const std::string inner = "guildhall.identity.v1.InternalIdentityService/";
    id::Account me;
    me.set_display_name("Ada");
    Constant<id::GetSignInOptionsRequest>(server, open + "GetSignInOptions", id::SignInOptions());
    Constant<id::SignUpRequest>(server, open + "SignUp", me);
    Constant<id::GetMeRequest>(server, open + "GetMe", me);
    Constant<id::ChangePasswordRequest>(server, open + "ChangePassword",
                                        id::ChangePasswordResponse());
    Constant<id::ListSessionsRequest>(server, open + "ListSessions", id::ListSessionsResponse());
    Constant<id::RevokeSessionRequest>(server, open + "RevokeSession", id::RevokeSessionResponse());
    Constant<id::RevokeSessionsRequest>(server, open + "RevokeSessions",
                                        id::RevokeSessionsResponse());
    server.Unary<id::SignInRequest, id::SignInResponse>(
        open + "SignIn", [](const rpc::Call& call, const id::SignInRequest&) {
          call.AddReplyMetadata("guildhall-set-session", "fresh_secret; max-age=3600");
          return id::SignInResponse();
        });
    server.Unary<id::SignOutRequest, id::SignOutResponse>(
        open + "SignOut", [](const rpc::Call& call, const id::SignOutRequest&) {
          call.AddReplyMetadata("guildhall-clear-session", "1");
          return id::SignOutResponse();
        });
    Constant<id::GetKeysRequest>(server, inner + "GetKeys", id::GetKeysResponse());
    Constant<id::BatchGetSessionFactsRequest>(server, inner + "BatchGetSessionFacts",
                                              id::BatchGetSessionFactsResponse());
    Constant<id::ListSuspendedAccountsRequest>(server, inner + "ListSuspendedAccounts",
                                               id::ListSuspendedAccountsResponse());
    server.Unary<id::IssueTokensRequest, id::IssueTokensResponse>(
        inner + "IssueTokens", [this](const rpc::Call&, const id::IssueTokensRequest& request) {
          return IssueTokens(request);
        });
  }

  absl::StatusOr<identity::v1::IssueTokensResponse> IssueTokens(
      const identity::v1::IssueTokensRequest& request) {
    before_exchange();
    ++exchanges;
    if (!knows_secret) {
      return Refusal(policy::reasons::kSessionEnded, "The session has ended.");
    }
    identity::v1::IssueTokensResponse response;
    for (const std::string& audience : request.audiences()) {
      auto* const token = response.add_tokens();
      token->set_audience(audience);
      token->set_token(absl::StrCat(audience, ".", request.session_secret()));
    }
    response.mutable_expire_time()->set_seconds(
        absl::ToUnixSeconds(SystemClock().Now() + absl::Minutes(2)));
    response.set_member("members/ada");
    return response;
  }

  telemetry::Metrics metrics_;
  rpc::Queue identity_queue_, probe_queue_;
  std::unique_ptr<rpc::Server> identity_, probe_;
};

// A request as a test wants it.
struct TestRequest {
  std::string path = kEcho;
  std::string content_type = "application/grpc-web+proto";
  std::string head = "authorization: Bearer secret\r\n";  // whole lines
  std::string body;

  std::string Text() const {
    return absl::StrCat("POST ", path,
                        " HTTP/1.1\r\nHost: gateway.test\r\nContent-Type: ", content_type, "\r\n",
                        head, "Content-Length: ", body.size(), "\r\n\r\n", body);
  }
};

inline std::string Frame(std::string_view message) {
  const auto head = FrameHead(message.size());
  return absl::StrCat(absl::string_view(head.data(), head.size()), Absl(message));
}

inline std::string EchoMessage(std::string payload) {
  v1::EchoRequest request;
  request.set_payload(std::move(payload));
  return request.SerializeAsString();
}

// The status in the trailers of a gRPC-web reply, refusal and all.
inline absl::Status StatusIn(std::string_view body) {
  const std::size_t at = body.find("grpc-status:");
  if (at == std::string_view::npos) return absl::DataLossError("There are no trailers.");
  std::map<std::string, std::string> trailers;
  for (std::size_t from = at; from < body.size();) {
    const std::size_t colon = body.find(':', from), end = body.find("\r\n", from);
    trailers[std::string(body.substr(from, colon - from))] =
        body.substr(colon + 1, end - colon - 1);
    from = end + 2;
  }
  std::string details;
  absl::Base64Unescape(trailers["grpc-status-details-bin"], &details);
  return http::ParseStatus(std::stoi(trailers["grpc-status"]),
                           PercentDecode(trailers["grpc-message"]), details);
}

class GatewayFixture {
 public:
  GatewayFixture() : GatewayFixture([](Settings&) {}) {}
  explicit GatewayFixture(const std::function<void(Settings&)>& change) {
    Settings settings = services.SettingsOf();
    change(settings);
    auto started = Gateway::Start(loop, settings, metrics);
    if (!started.ok()) fprintf(stderr, "%s\n", std::string(started.status().message()).c_str());
    gateway = *std::move(started);
    loop.Start();
  }
  ~GatewayFixture() {
    loop.Stop();
    gateway = nullptr;
  }

  WireClient Connect() { return WireClient(gateway->address()); }
  WireClient::Reply Ask(const TestRequest& request) { return Connect().Ask(request.Text()); }
  // A gRPC-web call of Echo, and the status of its answer.
  absl::Status Echo(const TestRequest& request) {
    const WireClient::Reply reply = Ask(request);
    return reply.status == 200 ? StatusIn(reply.body) : absl::UnknownError(reply.body);
  }

  ServicesFixture services;
  telemetry::Metrics metrics;
  http::Loop loop;
  std::unique_ptr<Gateway> gateway;
};

}  // namespace guildhall::gateway
