#include "libs/rpc/server.h"

#include <poll.h>

#include <catch2/catch.hpp>
#include <condition_variable>
#include <thread>

#include "libs/rpc/engine_fixture.h"

namespace guildhall::rpc {
namespace {

// A gate that handlers wait at until the test opens it.
class Gate {
 public:
  void Pass() {
    std::unique_lock lock(mutex_);
    ++arrived_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void Open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void AwaitArrivals(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return arrived_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int arrived_ = 0;
  bool open_ = false;
};

// Whether the call is told to stop within 10 s.
bool AwaitCancellation(const Call& call) {
  pollfd end{.fd = call.cancellation().fd(), .events = POLLIN, .revents = 0};
  return poll(&end, 1, 10'000) == 1;
}

TEST_CASE_METHOD(EngineFixture, "what goes in comes out, on a worker and on the queue's thread") {
  Start();
  CHECK(client->Call({}).reply.text() == "hello");
  CHECK(client->Call({.method = "Quick"}).reply.text() == "hello");
}

TEST_CASE_METHOD(EngineFixture, "a large message is parsed by a worker and comes out whole") {
  Start();
  const std::string large(3 << 20, 'x');
  CHECK(client->Call({.method = "Quick", .bytes = Text(large).SerializeAsString()}).reply.text() ==
        large);
}

TEST_CASE_METHOD(EngineFixture, "bytes that are no message are refused") {
  Start();
  for (const std::string& bad :
       {std::string("\xff\xff\xff"), std::string("\x0a\x05hi"),
        Text("").SerializeAsString() + "\x0a\x02\xc3\x28", std::string(100'000, '\xff')}) {
    CHECK(Is(client->Call({.bytes = bad}).status, reasons::kMessageMalformed));
  }
  CHECK(client->Call({}).status.ok());
}

TEST_CASE_METHOD(EngineFixture, "an unknown method is refused") {
  Start();
  const auto status = client->Call({.method = "Nothing"}).status;
  CHECK(Is(status, reasons::kMethodUnknown));
  CHECK(status.code() == absl::StatusCode::kUnimplemented);
}

TEST_CASE_METHOD(EngineFixture, "a message beyond the limit is refused with the limit") {
  Start();
  const auto bytes = Text(std::string(5 << 20, 'x')).SerializeAsString();
  const auto status = client->Call({.bytes = bytes}).status;
  REQUIRE(Is(status, reasons::kMessageTooLarge));
  CHECK(DetailsOf(status)->metadata.at(0).second == "4194304");
}

TEST_CASE_METHOD(EngineFixture, "a message far beyond the limit is cut off") {
  Start();
  const auto bytes = Text(std::string(9 << 20, 'x')).SerializeAsString();
  CHECK(client->Call({.bytes = bytes}).status.code() == absl::StatusCode::kResourceExhausted);
  CHECK(client->Call({}).status.ok());
}

TEST_CASE_METHOD(EngineFixture, "a compressed message is refused, not unpacked") {
  Start();
  const auto bytes = Text(std::string(100'000, 'x')).SerializeAsString();
  const auto outcome = client->Call({.bytes = bytes, .compression = GRPC_COMPRESS_GZIP});
  CHECK(Is(outcome.status, reasons::kMessageMalformed));
}

TEST_CASE_METHOD(EngineFixture, "a request has one digest, another request another") {
  std::vector<idempotency::OnceKey> keys;
  quick = [&](const Call& call, const EngineText& request) {
    keys.push_back(call.OnceKey(request.text()));
    return request;
  };
  Start();
  for (const char* text : {"a", "a", "b"}) {
    client->Call({.method = "Quick", .bytes = Text(text).SerializeAsString()});
  }
  CHECK(keys.at(0).digest == keys.at(1).digest);
  CHECK(keys.at(0).digest != keys.at(2).digest);
  CHECK(keys.at(0).caller.IsNil());
}

TEST_CASE_METHOD(EngineFixture, "at the deadline the caller is answered and the handler told") {
  bool told = false;
  Gate done;
  echo = [&](const Call& call, const EngineText& request) -> absl::StatusOr<EngineText> {
    told = AwaitCancellation(call);
    done.Open();
    return request;
  };
  Start({.default_deadline = absl::Milliseconds(30)});
  const auto status = client->Call({.deadline = absl::InfiniteDuration()}).status;
  CHECK(Is(status, reasons::kDeadlinePassed));
  done.Pass();
  CHECK(told);
}

TEST_CASE_METHOD(EngineFixture, "a caller's own deadline counts, up to the longest one") {
  absl::Duration left;
  quick = [&](const Call& call, const EngineText& request) {
    left = call.deadline().Remaining();
    return request;
  };
  Start({.default_deadline = absl::Seconds(7), .longest_deadline = absl::Seconds(20)});
  REQUIRE(client->Call({.method = "Quick", .deadline = absl::Seconds(3)}).status.ok());
  CHECK(left > absl::Seconds(2));
  CHECK(left < absl::Milliseconds(3'100));  // gRPC rounds up
  REQUIRE(client->Call({.method = "Quick", .deadline = absl::Hours(1)}).status.ok());
  CHECK(left > absl::Seconds(19));
  CHECK(left <= absl::Seconds(20));
  REQUIRE(client->Call({.method = "Quick", .deadline = absl::InfiniteDuration()}).status.ok());
  CHECK(left > absl::Seconds(6));
  CHECK(left <= absl::Seconds(7));
}

TEST_CASE_METHOD(EngineFixture, "a caller that goes away cancels its handler") {
  bool told = false;
  Gate begun;
  Gate done;
  echo = [&](const Call& call, const EngineText& request) -> absl::StatusOr<EngineText> {
    begun.Open();
    told = AwaitCancellation(call);
    done.Open();
    return request;
  };
  Start();
  const auto outcome = client->Call({}, [&](grpc::ClientContext& context) {
    begun.Pass();
    context.TryCancel();
  });
  CHECK(outcome.status.code() == absl::StatusCode::kCancelled);
  done.Pass();
  CHECK(told);
}

TEST_CASE_METHOD(EngineFixture, "calls beyond the workers and their line are refused") {
  Gate gate;
  echo = [&](const Call&, const EngineText& request) {
    gate.Pass();
    return request;
  };
  Start({.workers = 1, .waiting_calls = 1});
  std::vector<std::thread> callers;
  std::atomic<int> fine = 0;
  const auto call = [&] {
    if (TestClient(server->address()).Call({}).status.ok()) ++fine;
  };
  callers.emplace_back(call);
  gate.AwaitArrivals(1);
  callers.emplace_back(call);
  // The second one stands in line as soon as the metric says so.
  while (metrics.GaugeOf("guildhall_rpc_workers_waiting_calls", "").Value() < 1) {
    std::this_thread::yield();
  }
  const auto status = client->Call({}).status;
  CHECK(Is(status, reasons::kOverloaded));
  CHECK(DetailsOf(status)->retry_after == absl::Seconds(1));
  CHECK(client->Call({.method = "Quick"}).status.ok());
  gate.Open();
  for (std::thread& caller : callers) caller.join();
  CHECK(fine == 2);
}

TEST_CASE_METHOD(EngineFixture, "calls beyond the most that may run are refused") {
  Gate gate;
  echo = [&](const Call&, const EngineText& request) {
    gate.Pass();
    return request;
  };
  Start({.most_calls = 1});
  std::thread first([&] { TestClient(server->address()).Call({}); });
  gate.AwaitArrivals(1);
  CHECK(Is(client->Call({.method = "Quick"}).status, reasons::kOverloaded));
  gate.Open();
  first.join();
}

TEST_CASE_METHOD(EngineFixture, "a drain answers the calls that run and takes no more") {
  Gate gate;
  echo = [&](const Call&, const EngineText& request) {
    gate.Pass();
    return request;
  };
  Start();
  absl::Status running = absl::UnknownError("not answered");
  std::thread caller([&] { running = TestClient(server->address()).Call({}).status; });
  gate.AwaitArrivals(1);
  std::thread drain([&] { server->Drain(absl::Seconds(10)); });
  // Refused calls show that the drain has begun.
  while (TestClient(server->address()).Call({.method = "Quick"}).status.ok()) {
  }
  gate.Open();
  drain.join();
  caller.join();
  CHECK(running.ok());
}

TEST_CASE_METHOD(EngineFixture, "a drain cancels the calls that outlast its grace") {
  std::atomic<bool> told = false;
  Gate begun;
  echo = [&](const Call& call, const EngineText& request) -> absl::StatusOr<EngineText> {
    begun.Open();
    told = AwaitCancellation(call);
    return request;
  };
  Start();
  std::thread caller([&] { TestClient(server->address()).Call({}); });
  begun.Pass();
  server->Drain(absl::Milliseconds(20));
  caller.join();
  CHECK(told);
}

TEST_CASE_METHOD(EngineFixture, "a handler sees the trace, the client and the method") {
  std::string seen;
  quick = [&](const Call& call, const EngineText& request) {
    seen = std::string(call.context().traceparent) + " " + std::string(call.client_address()) +
           " " + std::string(call.user_agent()) + " " + std::string(call.method());
    call.AddReplyMetadata("guildhall-set-session", "opaque");
    return request;
  };
  Start();
  const auto outcome = client->Call(
      {.method = "Quick",
       .metadata = {{"traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"},
                    {"guildhall-client-address", "192.0.2.7"},
                    {"guildhall-user-agent", "Browser/1"}}});
  CHECK_THAT(seen, Catch::StartsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-"));
  CHECK_THAT(seen, !Catch::Contains("00f067aa0ba902b7"));
  CHECK_THAT(seen, Catch::EndsWith("-01 192.0.2.7 Browser/1 "
                                   "guildhall.enginetest.v1.EngineTestService/Quick"));
  CHECK(outcome.metadata.find("guildhall-set-session")->second == "opaque");
}

}  // namespace
}  // namespace guildhall::rpc
