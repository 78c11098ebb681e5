#include <catch2/catch.hpp>
#include <functional>
#include <future>

#include "absl/strings/str_cat.h"
#include "libs/http/server.h"
#include "libs/testing/eventually.h"
#include "libs/testing/wire_client.h"

namespace guildhall::http {
namespace {

using testing::Eventually;
using testing::WireClient;

// Begins a streaming answer at /stream, which the test then writes; answers everything else.
class StreamingHandler final : public Handler {
 public:
  std::unique_ptr<Call> OnRequest(Exchange& exchange) override {
    if (exchange.request().target != "/stream") {
      exchange.Send({.body = "plain"});
      return nullptr;
    }
    exchange.Begin({.head = "x-test: 1\r\n"});
    begun.set_value(&exchange);
    return std::make_unique<Streaming>(*this, exchange);
  }

  std::promise<Exchange*> begun;
  std::promise<void> gone;
  std::atomic<int> writable{0};
  bool end_at_drain = true;

 private:
  struct Streaming final : Call {
    Streaming(StreamingHandler& h, Exchange& e) : handler(h), exchange(e) {}
    ~Streaming() override { handler.gone.set_value(); }
    void OnWritable() override { ++handler.writable; }
    void OnDrain() override {
      const Chunk last{"bye"};
      exchange.Write({&last, 1});
      exchange.End();
    }
    StreamingHandler& handler;
    Exchange& exchange;
  };
};

struct Fixture {
  explicit Fixture(const ServerLimits& limits = {})
      : server(Server::Listen(loop, "127.0.0.1:0", handler, limits).value()) {
    loop.Start();
  }
  ~Fixture() { loop.Stop(); }

  WireClient Subscribe(int receive_buffer = 0, std::string_view version = "HTTP/1.1") {
    WireClient client(server->address(), receive_buffer);
    client.Send(absl::StrCat("POST /stream ", std::string(version),
                             "\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"));
    exchange = handler.begun.get_future().get();
    return client;
  }
  void Write(std::initializer_list<std::string_view> pieces) {
    const Chunk chunk(pieces);
    loop.Await([&] { exchange->Write({&chunk, 1}); });
  }
  std::size_t Unsent() {
    std::size_t unsent = 0;
    loop.Await([&] { unsent = exchange->unsent(); });
    return unsent;
  }
  void End() {
    loop.Await([&] { exchange->End(); });
  }
  bool Gone() {
    return handler.gone.get_future().wait_for(std::chrono::seconds(5)) == std::future_status::ready;
  }

  Loop loop;
  StreamingHandler handler;
  std::unique_ptr<Server> server;
  Exchange* exchange = nullptr;
};

TEST_CASE("a streaming answer comes chunk by chunk and leaves the connection usable") {
  Fixture it;
  WireClient client = it.Subscribe();
  const auto head = client.Read();
  CHECK(head->status == 200);
  CHECK(head->Has("transfer-encoding: chunked\r\n"));
  CHECK(head->Has("x-test: 1\r\n"));
  CHECK_FALSE(head->Has("content-length"));
  it.Write({"one ", "piece"});
  CHECK(client.ReadBytes(14) == "9\r\none piece\r\n");
  CHECK(it.server->counts()->streams == 1);
  it.End();
  CHECK(client.ReadBytes(5) == "0\r\n\r\n");
  CHECK(client.Ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n").body == "plain");
  CHECK(it.server->counts()->streams == 0);
}

TEST_CASE("a client that sent its next request ahead gets both answers") {
  Fixture it;
  WireClient client(it.server->address());
  client.Send(
      "POST /stream HTTP/1.1\r\nHost: x\r\n\r\n"
      "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  it.exchange = it.handler.begun.get_future().get();
  it.End();
  client.Read();
  CHECK(client.ReadBytes(5) == "0\r\n\r\n");
  CHECK(client.Read()->body == "plain");
}

TEST_CASE("a client of HTTP/1.0 gets the bytes as they are, to the end of the connection") {
  Fixture it;
  WireClient client = it.Subscribe(0, "HTTP/1.0");
  CHECK_FALSE(client.Read()->Has("transfer-encoding"));
  it.Write({"bare"});
  CHECK(client.ReadBytes(4) == "bare");
  it.End();
  CHECK(client.AwaitClose());
}

TEST_CASE("a client that hangs up takes its stream back") {
  Fixture it;
  WireClient client = it.Subscribe();
  client.Close();
  CHECK(it.Gone());
  it.loop.Await([] {});
  CHECK(it.server->counts()->streams == 0);
  CHECK(it.server->counts()->open == 0);
}

TEST_CASE("writing to a client that has just gone is harmless") {
  Fixture it;
  WireClient client = it.Subscribe();
  it.loop.Await([&] {
    client.Close();
    const Chunk chunk{std::string(1 << 20, 'x')};
    // The system may take the first one.
    for (int i = 0; i < 3; ++i) it.exchange->Write({&chunk, 1});
    it.exchange->End();
  });
  CHECK(it.Gone());
}

TEST_CASE("whoever writes is told when a slow reader has taken everything") {
  Fixture it;
  WireClient client = it.Subscribe(4096);
  it.Write({std::string(3 << 20, 'x')});
  CHECK(it.Unsent() > 0);
  client.Read();
  CHECK(client.ReadBytes((3 << 20) + 10).size() == (3 << 20) + 10);
  CHECK(Eventually([&] { return it.handler.writable == 1; }));
  CHECK(it.Unsent() == 0);
}

TEST_CASE("what is written while a reader is slow comes in order behind the rest") {
  Fixture it;
  WireClient client = it.Subscribe(4096);
  std::string expected;
  for (int i = 0; i < 200; ++i) {
    const std::string piece = absl::StrCat(i, ":", std::string(9'000, 'a' + i % 26));
    it.Write({piece});
    absl::StrAppend(&expected, absl::Hex(piece.size()), "\r\n", piece, "\r\n");
  }
  it.End();
  expected += "0\r\n\r\n";
  client.Read();
  CHECK(client.ReadBytes(expected.size()) == expected);
}

TEST_CASE("a stream with more kept back than its limit is cut off") {
  Fixture it({.stream_unsent = MiB(1)});
  WireClient client = it.Subscribe(4096);
  it.Write({std::string(8 << 20, 'x')});
  CHECK(it.Gone());
  CHECK(it.server->counts()->unsent_overflow == 1);
}

TEST_CASE("a stream whose reader stands still is cut off, a quiet one is not") {
  Fixture it({.idle_timeout = absl::Milliseconds(1),
              .transfer_timeout = absl::Milliseconds(50),
              .transfer_rate = MiB(100)});
  WireClient client = it.Subscribe(4096);
  client.Read();
  it.Write({"x"});
  CHECK(client.ReadBytes(6) == "1\r\nx\r\n");
  for (int sweep = 0; sweep < 2; ++sweep) {
    WireClient idle(it.server->address());
    idle.Ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(idle.AwaitClose());
  }
  CHECK(it.server->counts()->streams == 1);
  it.Write({std::string(3 << 20, 'x')});
  CHECK(it.Gone());
  CHECK(it.server->counts()->timed_out == 1);
}

TEST_CASE("a draining server lets streams say goodbye") {
  Fixture it;
  WireClient client = it.Subscribe();
  client.Read();
  std::promise<void> drained;
  it.server->Drain([&] { drained.set_value(); });
  CHECK(client.ReadBytes(8) == "3\r\nbye\r\n");
  CHECK(client.AwaitClose());
  CHECK(drained.get_future().wait_for(std::chrono::seconds(5)) == std::future_status::ready);
}

TEST_CASE("a chunk is framed once and shared") {
  const Chunk chunk{"ab", "", "cdefghijklmnop"};
  CHECK(chunk.framed() == "10\r\nabcdefghijklmnop\r\n");
  CHECK(chunk.bytes() == "abcdefghijklmnop");
  const Chunk copy = chunk;
  CHECK(copy.framed().data() == chunk.framed().data());
}

}  // namespace
}  // namespace guildhall::http
