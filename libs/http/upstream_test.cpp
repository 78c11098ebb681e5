#include "libs/http/upstream.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <future>
#include <map>

#include "absl/strings/str_cat.h"
#include "libs/testing/eventually.h"
#include "libs/testing/h2_peer.h"

namespace guildhall::http {
namespace {

using testing::Eventually;
using testing::H2Peer;

std::string SocketPath(int n) {
  return absl::StrCat("/tmp/guildhall_upstream_test.", getpid(), ".", n);
}

// A call and what came of it, read by the test when `ended` is set.
struct TestCall final : ReplySink {
  void OnField(std::string_view name, std::string_view value) override {
    fields[std::string(name)] = value;
  }
  void OnData(std::string_view bytes) override {
    body.append(bytes);
    if (consumes) call->Consume(bytes.size());
  }
  void OnEnd(const absl::Status& end) override {
    status = end;
    ended.set_value();
  }

  std::string path, message;
  std::map<std::string, std::string> fields;
  std::string body;
  bool consumes = true;
  absl::Status status;
  std::promise<void> ended;
  std::unique_ptr<UpstreamCall> call;
};

struct Fixture {
  explicit Fixture(const std::vector<std::string>& addresses, UpstreamOptions options = {}) {
    std::vector<Address> parsed;
    for (const auto& address : addresses) parsed.push_back(ParseAddress(address).value());
    options.backoff_last = absl::Milliseconds(50);
    upstream = std::make_unique<Upstream>(loop, std::move(parsed), options);
    loop.Start();
  }
  ~Fixture() {
    for (const auto& call : calls) loop.Await([&] { call->call = nullptr; });
    loop.Stop();
  }

  TestCall& Start(std::string path, std::string message = "hello",
                  Deadline deadline = Deadline::After(absl::Seconds(5)), bool consumes = true) {
    calls.push_back(std::make_unique<TestCall>());
    TestCall& call = *calls.back();
    call.path = std::move(path);
    call.message = std::move(message);
    call.consumes = consumes;
    loop.Await([&] {
      call.call = upstream->Start(
          {.path = call.path, .body = {call.message, {}}, .deadline = deadline}, call);
    });
    return call;
  }
  // Starts a call and waits for its end.
  TestCall& Ask(std::string path, std::string message = "hello",
                Deadline deadline = Deadline::After(absl::Seconds(5))) {
    TestCall& call = Start(std::move(path), std::move(message), deadline);
    call.ended.get_future().wait_for(std::chrono::seconds(10));
    return call;
  }
  bool Ready(int connections) {
    return Eventually([&] { return upstream->counts()->ready == connections; });
  }

  Loop loop;
  std::unique_ptr<Upstream> upstream;
  std::vector<std::unique_ptr<TestCall>> calls;
};

TEST_CASE("a reply arrives with head, body and trailers") {
  H2Peer peer(SocketPath(1));
  Fixture it({peer.address()});
  const TestCall& call = it.Ask("/s/echo", std::string(100'000, 'x'));
  CHECK(call.status.ok());
  CHECK(call.body == std::string(100'000, 'x'));
  CHECK(call.fields.at(":status") == "200");
  CHECK(call.fields.at("grpc-status") == "0");
  const int timeout_ms = std::stoi(call.fields.at("x-timeout"));
  CHECK(timeout_ms > 4000);
  CHECK(timeout_ms <= 5000);
  CHECK(it.Ask("/s/head").fields.at("grpc-status") == "5");
}

TEST_CASE("calls share connections, the least busy one first") {
  H2Peer one(SocketPath(1)), two(SocketPath(2));
  Fixture it({one.address(), two.address()});
  REQUIRE(it.Ready(2));
  for (int i = 0; i < 10; ++i) it.Start("/s/hold");
  CHECK(Eventually([&] { return one.streams == 5 && two.streams == 5; }));
  CHECK(one.connections == 1);
  CHECK(it.upstream->counts()->outstanding == 10);
}

TEST_CASE("a call ends at its deadline and the peer is told") {
  H2Peer peer(SocketPath(1));
  Fixture it({peer.address()});
  const TestCall& call = it.Ask("/s/hold", "x", Deadline::After(absl::Milliseconds(60)));
  CHECK(call.status.code() == absl::StatusCode::kDeadlineExceeded);
  CHECK(Eventually([&] { return peer.cancelled == 1; }));
  CHECK(it.Ask("/s/echo").body == "hello");
}

TEST_CASE("destroying a call cancels it and no other") {
  H2Peer peer(SocketPath(1));
  Fixture it({peer.address()});
  TestCall& call = it.Start("/s/hold");
  REQUIRE(Eventually([&] { return peer.streams == 1; }));
  it.loop.Await([&] { call.call = nullptr; });
  CHECK(Eventually([&] { return peer.cancelled == 1; }));
  CHECK(it.Ask("/s/echo").body == "hello");
  CHECK(peer.connections == 1);
}

TEST_CASE("a call may be taken back before anything of it was sent") {
  H2Peer peer(SocketPath(1));
  Fixture it({peer.address()});
  REQUIRE(it.Ready(1));
  TestCall call;
  call.path = "/s/echo";
  it.loop.Await([&] {
    call.call = it.upstream->Start({.path = call.path, .body = {"x", {}}}, call);
    call.call = nullptr;
  });
  CHECK(it.Ask("/s/echo").body == "hello");
  CHECK(it.upstream->counts()->outstanding == 1);
}

TEST_CASE("only a call that was surely not begun is sent again") {
  H2Peer peer(SocketPath(1));
  Fixture it({peer.address()});
  CHECK(it.Ask("/s/refuse-once").body == "hello");
  CHECK(it.upstream->counts()->resent == 1);
  const TestCall& refused = it.Ask("/s/refuse");
  CHECK(refused.status.code() == absl::StatusCode::kUnavailable);
  CHECK(it.upstream->counts()->resent == 3);
  CHECK(it.Ask("/s/reset").status.code() == absl::StatusCode::kInternal);
  CHECK(it.Ask("/s/drop").status.code() == absl::StatusCode::kUnavailable);
  CHECK(it.upstream->counts()->resent == 3);
}

TEST_CASE("a call above GOAWAY's last id goes to the next connection") {
  H2Peer peer(SocketPath(1));
  Fixture it({peer.address()});
  const TestCall& call = it.Ask("/s/goaway-above");
  CHECK(call.status.ok());
  CHECK(call.body == "hello");
  CHECK(peer.connections == 2);
  CHECK(it.upstream->counts()->lost == 0);
}

TEST_CASE("a call that gRPC killed in its drain goes to the next connection") {
  H2Peer peer(SocketPath(1));
  Fixture it({peer.address()});
  const TestCall& call = it.Ask("/s/killed");
  CHECK(call.status.ok());
  CHECK(call.body == "hello");
  CHECK(call.fields.at("grpc-status") == "0");
  CHECK(peer.connections == 2);
  CHECK(it.Ask("/s/cancelled").fields.at("grpc-status") == "1");
  CHECK(peer.connections == 2);
}

TEST_CASE("what a peer said before it closed is heard although it reads no more") {
  H2Peer peer(SocketPath(1));
  Fixture it({peer.address()});
  const TestCall& call = it.Ask("/s/goaway-close", std::string(8 << 20, 'x'));
  CHECK(call.status.ok());
  CHECK(call.body.size() == 8 << 20);
  CHECK(it.upstream->counts()->resent == 1);
}

TEST_CASE("a call below GOAWAY's last id is completed where it is") {
  H2Peer peer(SocketPath(1));
  Fixture it({peer.address()});
  const TestCall& call = it.Ask("/s/goaway-mid", std::string(200'000, 'x'));
  CHECK(call.status.ok());
  CHECK(call.body.size() == 200'000);
  CHECK(it.Ask("/s/echo").body == "hello");
  CHECK(peer.connections == 2);
  CHECK(it.upstream->counts()->resent == 0);
}

TEST_CASE("without a process calls fail at once, and work again when one is there") {
  Fixture it({"unix:" + SocketPath(1)});
  CHECK(it.Ask("/s/echo").status.code() == absl::StatusCode::kUnavailable);
  {
    H2Peer peer(SocketPath(1));
    REQUIRE(it.Ready(1));
    CHECK(it.Ask("/s/echo").body == "hello");
  }
  REQUIRE(it.Ready(0));
  CHECK(it.Ask("/s/echo").status.code() == absl::StatusCode::kUnavailable);
  H2Peer back(SocketPath(1));
  REQUIRE(it.Ready(1));
  CHECK(it.Ask("/s/echo").body == "hello");
}

TEST_CASE("a process that accepts but does not speak is not waited for") {
  H2Peer mute(SocketPath(1)), peer(SocketPath(2));
  mute.settle = false;
  Fixture alone({mute.address()}, {.connect_timeout = absl::Milliseconds(50)});
  CHECK(alone.Ask("/s/echo").status.code() == absl::StatusCode::kUnavailable);
  Fixture both({mute.address(), peer.address()});
  CHECK(both.Ask("/s/echo").body == "hello");
}

TEST_CASE("a process that has gone silent is given up, and found again") {
  H2Peer peer(SocketPath(1));
  Fixture it({peer.address()}, {.silence = absl::Milliseconds(100)});
  REQUIRE(it.Ready(1));
  peer.frozen = true;
  CHECK(it.Ask("/s/echo").status.code() == absl::StatusCode::kUnavailable);
  peer.frozen = false;
  REQUIRE(it.Ready(1));
  CHECK(it.Ask("/s/echo").body == "hello");
}

TEST_CASE("a process that has gone silent is given up although nobody waits for it any more") {
  H2Peer peer(SocketPath(1));
  Fixture it({peer.address()}, {.silence = absl::Milliseconds(100)});
  REQUIRE(it.Ready(1));
  peer.frozen = true;
  const TestCall& call = it.Ask("/s/echo", "hello", Deadline::After(absl::Milliseconds(50)));
  CHECK(call.status.code() == absl::StatusCode::kDeadlineExceeded);
  CHECK(Eventually([&] { return it.upstream->counts()->lost > 0; }));
}

TEST_CASE("a process that takes its time is waited for") {
  H2Peer peer(SocketPath(1));
  Fixture it({peer.address()}, {.silence = absl::Milliseconds(40)});
  REQUIRE(it.Ready(1));
  const TestCall& call = it.Ask("/s/hold", "hello", Deadline::After(absl::Milliseconds(500)));
  CHECK(call.status.code() == absl::StatusCode::kDeadlineExceeded);
  CHECK(it.upstream->counts()->lost == 0);
}

TEST_CASE("a reply that is not consumed stops its peer") {
  H2Peer peer(SocketPath(1));
  Fixture it({peer.address()}, {.window = KiB(128)});
  TestCall& call = it.Start("/s/big", "1234", Deadline::After(absl::Seconds(5)), false);
  REQUIRE(Eventually([&] { return peer.sent == 128 << 10; }));
  CHECK(it.Ask("/s/echo").body == "hello");
  CHECK(peer.sent == (128 << 10) + 5);
  it.loop.Await([&] {
    call.consumes = true;
    call.call->Consume(128 << 10);
  });
  call.ended.get_future().wait();
  CHECK(call.body.size() == 4 << 20);
}

TEST_CASE("what nobody consumed of ended calls does not stop the connection's others") {
  H2Peer peer(SocketPath(1));
  Fixture it({peer.address()}, {.window = MiB(8)});
  // More than the connection's window in all.
  for (int i = 0; i < 6; ++i) {
    TestCall& call = it.Start("/s/big", "1234", Deadline::After(absl::Seconds(5)), false);
    call.ended.get_future().wait();
    CHECK(call.status.ok());
    CHECK(call.body.size() == 4 << 20);
  }
  // Nor what was on its way to calls that were taken back.
  for (int i = 0; i < 6; ++i) {
    TestCall& call = it.Start("/s/big", "1234", Deadline::After(absl::Seconds(5)), false);
    REQUIRE(Eventually([&] {
      bool some = false;
      it.loop.Await([&] { some = !call.body.empty(); });
      return some;
    }));
    it.loop.Await([&] { call.call = nullptr; });
  }
  CHECK(it.Ask("/s/echo").body == "hello");
}

TEST_CASE("a reply that comes before the request has left ends the call") {
  H2Peer peer(SocketPath(1));
  Fixture it({peer.address()});
  const TestCall& call = it.Ask("/s/flood", std::string(1 << 20, 'x'));
  CHECK(call.status.ok());
  CHECK(call.fields.at("grpc-status") == "0");
  CHECK(it.upstream->counts()->ready == 1);
}

TEST_CASE("calls beyond the limit are refused at once") {
  H2Peer peer(SocketPath(1));
  Fixture it({peer.address()}, {.calls = 2});
  it.Start("/s/hold");
  it.Start("/s/hold");
  CHECK(it.Ask("/s/echo").status.code() == absl::StatusCode::kResourceExhausted);
}

TEST_CASE("a host name that cannot be looked up fails calls at once") {
  Fixture it({"no-such-host.invalid:1"});
  CHECK(it.Ask("/s/echo").status.code() == absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace guildhall::http
