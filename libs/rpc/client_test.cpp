#include "libs/rpc/client.h"

#include <poll.h>

#include <catch2/catch.hpp>
#include <condition_variable>

#include "libs/rpc/engine_fixture.h"
#include "libs/rpc/retry_budget.h"
#include "libs/testing/eventually.h"
#include "libs/testing/h2_peer.h"

namespace guildhall::rpc {
namespace {

constexpr char kEcho[] = "guildhall.enginetest.v1.EngineTestService/Echo";
constexpr char kQuick[] = "guildhall.enginetest.v1.EngineTestService/Quick";
constexpr char kInternal[] = "guildhall.enginetest.v1.EngineTestService/Internal";
constexpr char kNobody[] = "unix:/tmp/guildhall_engine_nobody";

class ClientFixture : public EngineFixture {
 public:
  ClientFixture() {
    Start();
    Connect(server->address());
  }
  void Connect(const std::string& addresses, absl::Duration silence = absl::Seconds(3)) {
    rpc.emplace(ClientParts{.queue = queue,
                            .self = "discussions",
                            .peer = "test",
                            .addresses = addresses,
                            .service_key = *access::ServiceKey::FromSecret(kServiceSecret),
                            .metrics = metrics,
                            .silence = silence});
  }
  absl::StatusOr<EngineText> Call(const char* method, Context context = In(absl::Seconds(10))) {
    return rpc->Call<EngineText>(method, Text("hello"), context);
  }
  static Context In(absl::Duration wait) { return {.deadline = Deadline::After(wait)}; }

  std::optional<Client> rpc;
};

bool AwaitCancellation(const rpc::Call& call) {
  pollfd end{.fd = call.cancellation().fd(), .events = POLLIN, .revents = 0};
  return poll(&end, 1, 10'000) == 1;
}

TEST_CASE_METHOD(ClientFixture, "a service calls another one and is known to it") {
  const auto reply = Call(kInternal);
  REQUIRE(reply.ok());
  CHECK(reply->text() == "hello");
}

TEST_CASE_METHOD(ClientFixture, "a call carries its trace and its deadline on") {
  std::string trace;
  absl::Duration left;
  quick = [&](const rpc::Call& call, const EngineText& request) {
    trace = call.trace().TraceIdText();
    left = call.deadline().Remaining();
    return request;
  };
  Context context = In(absl::Seconds(3));
  context.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  REQUIRE(Call(kQuick, context).ok());
  CHECK(trace == "4bf92f3577b34da6a3ce929d0e0e4736");
  CHECK(left > absl::Seconds(2));
  CHECK(left < absl::Milliseconds(3'100));
}

TEST_CASE_METHOD(ClientFixture, "a refusal by the other service is a refusal here") {
  quick = [](const rpc::Call&, const EngineText&) -> absl::StatusOr<EngineText> {
    return Refusal(reasons::kNotFound, "There is nothing of this name.");
  };
  CHECK(Is(Call(kQuick).status(), reasons::kNotFound));
}

TEST_CASE_METHOD(ClientFixture, "when nobody is there the dependency is away, soon") {
  Connect(kNobody);
  const absl::Duration before = SystemClock().Monotonic();
  CHECK(Is(Call(kQuick).status(), reasons::kDependencyAway));
  CHECK(SystemClock().Monotonic() - before < absl::Seconds(3));
}

TEST_CASE_METHOD(ClientFixture, "a call that cannot be sent in time is not sent") {
  CHECK(Is(Call(kQuick, In(-absl::Seconds(1))).status(), reasons::kDeadlinePassed));
}

TEST_CASE_METHOD(ClientFixture, "a peer that does not answer in time is told of as such") {
  echo = [](const rpc::Call& call, const EngineText& request) -> absl::StatusOr<EngineText> {
    AwaitCancellation(call);
    return request;
  };
  CHECK(Is(Call(kEcho, In(absl::Milliseconds(50))).status(), reasons::kDeadlinePassed));
}

TEST_CASE_METHOD(ClientFixture, "of several processes one that is away costs no call") {
  Connect(std::string(kNobody) + ", " + server->address());
  for (int i = 0; i < 20; ++i) CHECK(Call(kQuick).ok());
}

TEST_CASE_METHOD(ClientFixture, "a peer that comes back is found again") {
  server->Drain(absl::ZeroDuration());
  CHECK(Is(Call(kQuick).status(), reasons::kDependencyAway));
  Queue again;
  Server second(again, {.listen = server->address()}, Parts());
  AddHandlers(second);
  REQUIRE(second.Start().ok());
  const Deadline patience = Deadline::After(absl::Seconds(10));
  while (!Call(kQuick).ok() && !patience.Passed()) {
  }
  CHECK(Call(kQuick).ok());
}

TEST_CASE_METHOD(ClientFixture, "a peer that has gone silent is away, and is found again") {
  testing::H2Peer peer("/tmp/guildhall_client_test." + std::to_string(getpid()));
  peer.as = "/echo";
  Connect(peer.address(), absl::Milliseconds(200));
  REQUIRE(Call(kQuick).ok());
  peer.frozen = true;
  CHECK(Is(Call(kQuick).status(), reasons::kDependencyAway));
  peer.frozen = false;
  CHECK(testing::Eventually([&] { return Call(kQuick).ok(); }));
}

// gRPC asks once a second at most, and its servers part with whoever asks a third time.
TEST_CASE_METHOD(ClientFixture, "a peer that takes its time is waited for", "[.long]") {
  Connect(server->address(), absl::Milliseconds(100));
  std::atomic<int> begun = 0;
  echo = [&](const rpc::Call& call, const EngineText& request) -> absl::StatusOr<EngineText> {
    ++begun;
    AwaitCancellation(call);
    return request;
  };
  CHECK(Is(Call(kEcho, In(absl::Seconds(6))).status(), reasons::kDeadlinePassed));
  CHECK(begun == 1);  // and not once for each connection
}

TEST_CASE_METHOD(ClientFixture, "who waits for a peer and is cancelled waits no more") {
  std::atomic<bool> told = false;
  Cancellation cancellation;
  echo = [&](const rpc::Call& call, const EngineText& request) -> absl::StatusOr<EngineText> {
    cancellation.Cancel();
    told = AwaitCancellation(call);
    return request;
  };
  Context context = In(absl::Seconds(30));
  context.cancellation = &cancellation;
  CHECK(Call(kEcho, context).status().code() == absl::StatusCode::kCancelled);
  server->Drain(absl::Seconds(10));
  CHECK(told);
}

TEST_CASE_METHOD(ClientFixture, "a client that goes cancels its calls and answers them") {
  std::mutex mutex;
  std::condition_variable changed;
  bool begun = false;
  echo = [&](const rpc::Call& call, const EngineText& request) -> absl::StatusOr<EngineText> {
    {
      const std::lock_guard lock(mutex);
      begun = true;
    }
    changed.notify_one();
    AwaitCancellation(call);
    return request;
  };
  absl::Status status;
  bool on_thread = false;
  rpc->Async<EngineText>(kEcho, Text("hello"), In(absl::Seconds(30)),
                         [&](const absl::StatusOr<EngineText>& reply) {
                           status = reply.status();
                           on_thread = queue.OnThread();
                         });
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return begun; });
  }
  rpc.reset();
  CHECK(status.code() == absl::StatusCode::kCancelled);
  CHECK(on_thread);
}

TEST_CASE("a peer in trouble gets few calls again, and more when it answers") {
  RetryBudget budget;
  int repeats = 0;
  while (budget.Failed()) ++repeats;
  CHECK(repeats == 49);
  for (int i = 0; i < 30; ++i) budget.Answered();
  CHECK(budget.Failed());
  for (int i = 0; i < 10; ++i) budget.Failed();
  CHECK(!budget.Failed());
}

}  // namespace
}  // namespace guildhall::rpc
