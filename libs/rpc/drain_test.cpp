// What the drain of one process of two costs those who call: nothing.
#include <atomic>
#include <catch2/catch.hpp>

#include "libs/http/upstream.h"
#include "libs/rpc/client.h"
#include "libs/rpc/engine_fixture.h"
#include "libs/telemetry/log.h"
#include "libs/testing/eventually.h"

namespace guildhall::rpc {
namespace {

using testing::Eventually;

constexpr char kQuick[] = "guildhall.enginetest.v1.EngineTestService/Quick";
// At once, of each caller: enough that some call crosses the GOAWAY in nearly every round.
constexpr int kCalls = 16;

// Keeps kCalls calls under way until it is told to stop.
class Load {
 public:
  virtual ~Load() = default;

  void Begin() {
    under_way_ = kCalls;
    for (int i = 0; i < kCalls; ++i) Send(i);
  }
  bool HasCalled(int more) {
    const int goal = answered + more;
    return Eventually([&] { return answered >= goal; });
  }
  bool Stop() {
    stopping_ = true;
    return Eventually([&] { return under_way_ == 0; });
  }

  std::atomic<int> answered = 0;
  // Read when stopped.
  std::vector<std::string> failures;

 protected:
  virtual void Send(int number) = 0;
  void Answered(int number, const std::string& failure) {
    ++answered;
    if (!failure.empty()) failures.push_back(failure);
    if (stopping_) {
      --under_way_;
    } else {
      Send(number);
    }
  }

 private:
  std::atomic<int> under_way_ = 0;
  std::atomic<bool> stopping_ = false;
};

// As services call each other.
class ClientLoad final : public Load {
 public:
  ClientLoad(ClientParts parts) : client_(std::move(parts)) {}

 private:
  void Send(int number) override {
    client_.Async<EngineText>(kQuick, Text("hello"),
                              {.deadline = Deadline::After(absl::Minutes(1))},
                              [this, number](const absl::StatusOr<EngineText>& reply) {
                                Answered(number, reply.ok() ? "" : reply.status().ToString());
                              });
  }

  Client client_;
};

// As the gateway calls services.
class UpstreamLoad final : public Load {
 public:
  explicit UpstreamLoad(const std::vector<std::string>& addresses) {
    std::vector<http::Address> parsed;
    for (const auto& address : addresses) parsed.push_back(*http::ParseAddress(address));
    upstream_ = std::make_unique<http::Upstream>(loop_, std::move(parsed), http::UpstreamOptions());
    loop_.Start();
  }
  ~UpstreamLoad() override {
    loop_.Await([this] {
      for (Caller& caller : callers_) caller.call = nullptr;
    });
    loop_.Stop();
  }

 private:
  struct Caller final : http::ReplySink {
    void OnField(std::string_view name, std::string_view value) override {
      if (name == "grpc-status") grpc_status = value;
      if (name == "grpc-message") message = value;
    }
    void OnData(std::string_view bytes) override { call->Consume(bytes.size()); }
    void OnEnd(const absl::Status& status) override {
      std::string failure;
      if (!status.ok()) failure = status.ToString();
      if (status.ok() && grpc_status != "0") failure = grpc_status + " " + message;
      load->loop_.Post([this, failure] { load->Answered(number, failure); });
    }
    UpstreamLoad* load = nullptr;
    int number = 0;
    std::string grpc_status, message;
    std::unique_ptr<http::UpstreamCall> call;
  };

  void Send(int number) override {
    loop_.Post([this, number] {
      Caller& caller = callers_[number];
      caller.load = this;
      caller.number = number;
      caller.call = upstream_->Start(
          {.path = path_, .body = {message_, {}}, .deadline = Deadline::After(absl::Minutes(1))},
          caller);
    });
  }

  const std::string path_ = std::string("/") + kQuick;
  const std::string message_ = std::string(4, '\0') + char(7) + Text("hello").SerializeAsString();
  http::Loop loop_;
  std::array<Caller, kCalls> callers_;
  std::unique_ptr<http::Upstream> upstream_;
};

class DrainFixture : public EngineFixture {
 public:
  DrainFixture() {
    telemetry::StartLog({.sink = [](std::string_view) {}});
  }
  ~DrainFixture() { telemetry::StartLog({}); }

  struct Process {
    Process(DrainFixture& fixture, const std::string& listen)
        : server(queue, {.listen = listen}, fixture.Parts()) {
      fixture.AddHandlers(server);
      GUILDHALL_CHECK(server.Start().ok());
    }
    Queue queue;
    Server server;
  };

  // One of two processes drains under the load.
  template <typename MakeLoad>
  std::vector<std::string> FailuresOfDrain(MakeLoad make) {
    const std::string path = "unix:/tmp/guildhall_drain_" + std::to_string(getpid());
    Process staying(*this, path + "_1");
    Process leaving(*this, path + "_2");
    const std::unique_ptr<Load> load = make(path + "_1", path + "_2");
    load->Begin();
    REQUIRE(load->HasCalled(20 * kCalls));
    leaving.server.Drain(absl::Seconds(10));
    REQUIRE(load->HasCalled(2 * kCalls));
    REQUIRE(load->Stop());
    return load->failures;
  }
};

constexpr int kRounds = 50;

TEST_CASE_METHOD(DrainFixture, "a process that drains under load fails no call of a service") {
  for (int round = 0; round < kRounds; ++round) {
    const auto failures = FailuresOfDrain([this](const std::string& one, const std::string& other) {
      return std::make_unique<ClientLoad>(
          ClientParts{.queue = queue,
                      .self = "discussions",
                      .peer = "test",
                      .addresses = one + "," + other,
                      .service_key = *access::ServiceKey::FromSecret(kServiceSecret),
                      .metrics = metrics});
    });
    REQUIRE(failures == std::vector<std::string>());
  }
}

TEST_CASE_METHOD(DrainFixture, "a process that drains under load fails no call of the gateway") {
  for (int round = 0; round < kRounds; ++round) {
    const auto failures = FailuresOfDrain([](const std::string& one, const std::string& other) {
      return std::make_unique<UpstreamLoad>(std::vector{one, other});
    });
    REQUIRE(failures == std::vector<std::string>());
  }
}

}  // namespace
}  // namespace guildhall::rpc
