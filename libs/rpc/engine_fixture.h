#pragma once

// For the engine's own tests: facts that the test states, a server of EngineTestService, and a
// client that is gRPC's own.

#include <google/protobuf/stubs/logging.h>
#include <grpcpp/channel.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>
#include <unistd.h>

#include <atomic>
#include <map>
#include <string>

#include "engine_test.pb.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/check.h"
#include "libs/base/refusal.h"
#include "libs/resources/names.h"
#include "libs/rpc/server.h"
#include "libs/rpc/wire_status.h"

namespace guildhall::rpc {

using enginetest::v1::EngineOther;
using enginetest::v1::EngineText;
namespace reasons = policy::reasons;

inline constexpr char kServiceSecret[] = "a secret that all services of a test share";

// Answers at once what the test states.
class StatedFacts final : public access::Facts {
 public:
  void Ask(const access::Question& question, Deadline, Done done) override {
    ++asked;
    if (!failure.ok()) return done(failure);
    access::Answer answer{.subject = {session_live, Affiliation::kEmployee}};
    if (question.community && communities.contains(*question.community)) {
      answer.community = communities[*question.community];
    }
    done(answer);
  }

  std::atomic<bool> session_live = true;
  absl::Status failure;
  std::map<CommunityId, access::CommunityFacts> communities;
  std::atomic<int> asked = 0;
};

inline Uuid TestUuid(std::uint8_t n) {
  Uuid uuid;
  uuid.bytes.fill(n);
  return uuid;
}
inline const MemberId kAda(TestUuid(1));
inline const CommunityId kOpen(TestUuid(2));
inline const CommunityId kSecretCommunity(TestUuid(3));
inline const TopicId kTopic(TestUuid(4));
inline const TopicId kSecretTopic(TestUuid(5));

// "ada" is a token; every other text is none.
inline absl::StatusOr<access::Caller> VerifyTestToken(std::string_view token) {
  if (token != "ada") return Refusal(reasons::kTokenInvalid, "The token does not hold.");
  access::Caller caller;
  caller.kind = access::Caller::Kind::kMember;
  caller.member = kAda;
  return caller;
}

inline EngineText Text(std::string text) {
  EngineText message;
  message.set_text(std::move(text));
  return message;
}

// What came back of a call by gRPC's own client.
struct Outcome {
  absl::Status status;
  EngineText reply;
  std::multimap<std::string, std::string> metadata;
};

// One call as a test wants it.
struct Request {
  std::string method = "Echo";
  std::string bytes = Text("hello").SerializeAsString();
  std::map<std::string, std::string> metadata;
  absl::Duration deadline = absl::Seconds(10);
  grpc_compression_algorithm compression = GRPC_COMPRESS_NONE;
};

class TestClient {
 public:
  explicit TestClient(const std::string& address)
      : stub_(grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), [] {
          grpc::ChannelArguments arguments;
          arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
          return arguments;
        }())) {}

  // Waits for the answer. `meanwhile` runs while the call is under way.
  template <typename Meanwhile>
  Outcome Call(const Request& request, Meanwhile meanwhile) {
    grpc::ClientContext context;
    for (const auto& [key, value] : request.metadata) context.AddMetadata(key, value);
    context.set_compression_algorithm(request.compression);
    const auto now = std::chrono::system_clock::now();
    if (request.deadline != absl::InfiniteDuration()) {
      context.set_deadline(now + absl::ToChronoMilliseconds(request.deadline));
    }
    const grpc::Slice slice(request.bytes);
    grpc::CompletionQueue cq;
    auto call = stub_.PrepareUnaryCall(
        &context, "/guildhall.enginetest.v1.EngineTestService/" + request.method,
        grpc::ByteBuffer(&slice, 1), &cq);
    call->StartCall();
    grpc::ByteBuffer reply;
    grpc::Status status;
    call->Finish(&reply, &status, this);
    meanwhile(context);
    void* tag;
    bool ok;
    GUILDHALL_CHECK(cq.Next(&tag, &ok));
    Outcome outcome{.status = FromWire(status)};
    if (status.ok()) {
      grpc::Slice bytes;
      GUILDHALL_CHECK(reply.DumpToSingleSlice(&bytes).ok());
      GUILDHALL_CHECK(outcome.reply.ParseFromArray(bytes.begin(), static_cast<int>(bytes.size())));
      for (const auto& [key, value] : context.GetServerInitialMetadata()) {
        outcome.metadata.emplace(std::string(key.data(), key.size()),
                                 std::string(value.data(), value.size()));
      }
    }
    return outcome;
  }
  Outcome Call(const Request& request) {
    return Call(request, [](grpc::ClientContext&) {});
  }

 private:
  grpc::GenericStub stub_;
};

// A server with a handler for each method; tests put theirs in place of `echo`, `quick` and `read`,
// or deferred ones in place of the latter two.
class EngineFixture {
 public:
  using Handler = std::function<absl::StatusOr<EngineText>(const rpc::Call&, const EngineText&)>;
  using Answered = rpc::Answered<EngineText>;
  using Deferred = std::function<void(const rpc::Call&, const EngineText&, Answered)>;

  EngineFixture() {
    google::protobuf::SetLogHandler(nullptr);  // it complains of the bad input that tests send
    facts.communities[kOpen] = {
        .exists = true, .visibility = Visibility::kOpen, .admits = Admits::kEmployees};
    facts.communities[kSecretCommunity] = {.exists = true};
  }

  // Serves on a Unix socket of its own.
  void Start(ServerSettings settings = {}) {
    static int number = 0;
    settings.listen =
        "unix:/tmp/guildhall_engine_" + std::to_string(getpid()) + "_" + std::to_string(++number);
    server = std::make_unique<Server>(queue, settings, Parts());
    AddHandlers(*server);
    const absl::Status status = server->Start();
    if (!status.ok()) fprintf(stderr, "%s\n", std::string(status.message()).c_str());
    GUILDHALL_CHECK(status.ok());
    client = std::make_unique<TestClient>(server->address());
  }

  ServerParts Parts() {
    return {.service = "test",
            .facts = facts,
            .metrics = metrics,
            .verify_token = VerifyTestToken,
            .service_key = *access::ServiceKey::FromSecret(kServiceSecret)};
  }

  void AddHandlers(Server& to) {
    const std::string name = "guildhall.enginetest.v1.EngineTestService/";
    const Handler mirror = [](const rpc::Call&, const EngineText& request) { return request; };
    to.Unary<EngineText, EngineText>(
        name + "Echo", [this](const rpc::Call& c, const EngineText& r) { return echo(c, r); });
    if (deferred) {
      to.Deferred<EngineText, EngineText>(name + "Quick", deferred);
    } else {
      to.Inline<EngineText, EngineText>(
          name + "Quick", [this](const rpc::Call& c, const EngineText& r) { return quick(c, r); });
    }
    to.Inline<EngineText, EngineText>(name + "Mine", mirror);
    to.Inline<EngineText, EngineText>(name + "Internal", mirror);
    if (read_later) {
      to.Deferred<EngineText, EngineText>(name + "Read", read_later);
    } else {
      to.Unary<EngineText, EngineText>(
          name + "Read", [this](const rpc::Call& c, const EngineText& r) { return read(c, r); });
    }
    to.Inline<EngineText, EngineText>(name + "Visit", mirror);
    to.ResolveItems<TopicId>(
        "topics", resources::ParseTopic,
        [this](const postgres::Context&, std::span<const TopicId> ids) { return Items(ids); });
    to.Lookup<EngineText, EngineText, TopicId, Item>(
        name + "Find",
        {.key = [](const EngineText& r) { return resources::ParseTopic("text", r.text()); },
         .fetch = [this](const postgres::Context&,
                         std::span<const TopicId> ids) { return Items(ids); },
         .item = [](const Item& item) { return item; },
         .reply = [this](const rpc::Call& c, const Item& item) { return found(c, item); }});
    if (keep) keep(to);
  }

  absl::StatusOr<std::vector<std::optional<Item>>> Items(std::span<const TopicId> ids) {
    ++fetches;
    std::vector<std::optional<Item>> items;
    for (const TopicId& id : ids) {
      items.push_back(id == kTopic         ? std::optional<Item>({kOpen, kAda})
                      : id == kSecretTopic ? std::optional<Item>({kSecretCommunity, kAda})
                                           : std::nullopt);
    }
    return items;
  }

  Handler echo = [](const rpc::Call&, const EngineText& request) { return request; };
  Handler quick = echo;
  Handler read = echo;
  std::function<EngineText(const rpc::Call&, const Item&)> found =
      [](const rpc::Call&, const Item& item) { return Text(resources::Name(item.community)); };
  std::function<void(Server&)> keep;  // called with the table filled
  Deferred deferred, read_later;
  std::atomic<int> fetches = 0;
  StatedFacts facts;
  telemetry::Metrics metrics;
  Queue queue;
  std::unique_ptr<Server> server;
  std::unique_ptr<TestClient> client;
};

}  // namespace guildhall::rpc
