#pragma once

#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <unistd.h>

#include <map>
#include <memory>
#include <string>

#include "libs/access/service_token.h"
#include "libs/access/token.h"
#include "libs/rpc/wire_status.h"
#include "libs/telemetry/log.h"
#include "libs/telemetry/metrics.h"
#include "services/identity/api/identity_fixture.h"

namespace guildhall::identity {

// Identity behind its server on a Unix socket, called by gRPC's own client. The server's clock is
// the test's.
class IdentityServer : public TestIdentity {
 public:
  IdentityServer() {
    telemetry::StartLog({.service = "identity", .sink = [](std::string_view) {}});
    rpc::ServerSettings settings;
    static int number = 0;
    settings.listen =
        "unix:/tmp/guildhall_identity_" + std::to_string(getpid()) + "_" + std::to_string(++number);
    server_ = std::make_unique<rpc::Server>(
        queue_, settings,
        rpc::ServerParts{.service = "identity",
                         .facts = process.facts,
                         .metrics = metrics_,
                         .verify_token = [this](std::string_view t) { return verifier_.Verify(t); },
                         .service_key = service_key_,
                         .clock = clock});
    Register(process.identity, *server_);
    GUILDHALL_CHECK(server_->Start().ok());
    stub_ = std::make_unique<grpc::GenericStub>(
        grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
  }

  using Headers = std::map<std::string, std::string>;

  // `replied` gets the metadata of an answer. Thread-safe.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Call(const std::string& method, const Request& request,
                                const Headers& headers = {}, Headers* replied = nullptr) {
    grpc::ClientContext context;
    for (const auto& [key, value] : headers) context.AddMetadata(key, value);
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
    const grpc::Slice sent(request.SerializeAsString());
    grpc::CompletionQueue queue;
    const auto call = stub_->PrepareUnaryCall(&context, "/guildhall.identity.v1." + method,
                                              grpc::ByteBuffer(&sent, 1), &queue);
    call->StartCall();
    grpc::ByteBuffer received;
    grpc::Status status;
    call->Finish(&received, &status, this);
    void* tag;
    bool ok;
    GUILDHALL_CHECK(queue.Next(&tag, &ok));
    if (!status.ok()) return rpc::FromWire(status);
    if (replied != nullptr) {
      for (const auto& [key, value] : context.GetServerInitialMetadata()) {
        replied->emplace(std::string(key.data(), key.size()),
                         std::string(value.data(), value.size()));
      }
    }
    grpc::Slice bytes;
    Response response;
    GUILDHALL_CHECK(received.DumpToSingleSlice(&bytes).ok() &&
                    response.ParseFromArray(bytes.begin(), static_cast<int>(bytes.size())));
    return response;
  }

  // As the gateway proves itself.
  Headers AsGateway(const std::string& audience = "identity") {
    return {{"guildhall-service",
             access::MintServiceToken(service_key_, "gateway", audience, clock.Now())}};
  }

  // A token for this service, as the gateway gets it for a session's secret.
  absl::StatusOr<std::string> TokenFor(const std::string& secret,
                                       const std::string& audience = "identity") {
    v1::IssueTokensRequest request;
    request.set_session_secret(secret);
    request.add_audiences(audience);
    const auto response =
        Call<v1::IssueTokensResponse>("InternalIdentityService/IssueTokens", request, AsGateway());
    if (!response.ok()) return response.status();
    return response->tokens(0).token();
  }

  absl::StatusOr<v1::Account> GetMe(const std::string& token) {
    return Call<v1::Account>("IdentityService/GetMe", v1::GetMeRequest(),
                             {{"authorization", "Bearer " + token}});
  }

 private:
  const access::ServiceKey service_key_ =
      *access::ServiceKey::FromSecret("a secret that all services of a test share");
  access::TokenVerifier verifier_{"guildhall", "identity", process.own_keys, clock};
  telemetry::Metrics metrics_;
  rpc::Queue queue_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<grpc::GenericStub> stub_;
};

}  // namespace guildhall::identity
