#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <string>

#include "libs/rpc/wire_status.h"
#include "services/discussions/api/api_fixture.h"
#include "services/discussions/store/change_looks.h"

namespace guildhall::discussions {

// A process of discussions as far as caches go: its own engine, replies and follower, over the
// database of the test. Its members' tokens are their names.
class ServedProcess {
 public:
  ServedProcess(const postgres::PostgresSettings& postgres, access::Facts& facts, Random& random,
                const cache::Settings& settings, std::optional<cache::Sharing> sharing)
      : database_(*postgres::Database::Open(postgres)),
        beside_(*postgres::Database::Open(postgres)),
        authorizer_(facts),
        replies_(settings, metrics_, std::move(sharing)),
        discussions_{*database_, authorizer_, facts, random, page_tokens_, replies_},
        server_(queue_, Settings(), Parts(facts)) {
    Register(discussions_, server_);
    GUILDHALL_CHECK(server_.Start().ok());
    stub_ = std::make_unique<grpc::GenericStub>(grpc::CreateCustomChannel(
        server_.address(), grpc::InsecureChannelCredentials(), OwnConnection()));
  }

  // Calls as a member; for any thread.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Call(MemberId who, const std::string& method, const Request& request) {
    grpc::ClientContext context;
    context.AddMetadata("guildhall-token", who.ToString());
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    const grpc::Slice slice(request.SerializeAsString());
    grpc::CompletionQueue cq;
    auto call =
        stub_->PrepareUnaryCall(&context, "/guildhall.discussions.v1.DiscussionsService/" + method,
                                grpc::ByteBuffer(&slice, 1), &cq);
    call->StartCall();
    grpc::ByteBuffer reply;
    grpc::Status status;
    call->Finish(&reply, &status, this);
    void* tag;
    bool ok;
    GUILDHALL_CHECK(cq.Next(&tag, &ok));
    if (!status.ok()) return rpc::FromWire(status);
    grpc::Slice bytes;
    Response response;
    GUILDHALL_CHECK(reply.DumpToSingleSlice(&bytes).ok());
    GUILDHALL_CHECK(response.ParseFromArray(bytes.begin(), static_cast<int>(bytes.size())));
    return response;
  }

  // What its metrics say of one outcome of all calls of cached methods, or of looks into Redis.
  int Count(std::string_view outcome) {
    int count = 0;
    const std::string text = metrics_.Text();
    const std::string label = "outcome=\"" + std::string(outcome) + "\"} ";
    for (std::size_t at = text.find(label); at != std::string::npos;
         at = text.find(label, at + 1)) {
      count += std::stoi(text.substr(at + label.size()));
    }
    return count;
  }

  cache::Replies& replies() { return replies_; }

 private:
  static rpc::ServerSettings Settings() {
    static int number = 0;
    rpc::ServerSettings settings;
    settings.listen =
        "unix:/tmp/guildhall_served_" + std::to_string(getpid()) + "_" + std::to_string(++number);
    return settings;
  }
  static grpc::ChannelArguments OwnConnection() {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return arguments;
  }
  rpc::ServerParts Parts(access::Facts& facts) {
    return {.service = "discussions",
            .facts = facts,
            .metrics = metrics_,
            .verify_token = [](std::string_view token) -> absl::StatusOr<access::Caller> {
              access::Caller caller{.kind = access::Caller::Kind::kMember};
              caller.member = *MemberId::Parse(token);
              return caller;
            },
            .service_key =
                *access::ServiceKey::FromSecret("a secret that all services of a test share")};
  }

  const std::unique_ptr<postgres::Database> database_;
  const std::unique_ptr<postgres::Database> beside_;
  access::Authorizer authorizer_;
  const resources::PageTokens page_tokens_{std::string(32, 'k')};
  telemetry::Metrics metrics_;
  cache::Replies replies_;
  Discussions discussions_;
  cache::Follower follower_{replies_, [this](std::optional<std::uint64_t> from, Deadline deadline) {
                              return LookAtChanges(*beside_, from, deadline);
                            }};
  rpc::Queue queue_;
  rpc::Server server_;
  std::unique_ptr<grpc::GenericStub> stub_;
};

}  // namespace guildhall::discussions
