#include "services/gateway/api/gateway.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <future>

#include "libs/testing/eventually.h"
#include "libs/testing/h2_peer.h"
#include "services/gateway/api/gateway_fixture.h"

namespace guildhall::gateway {
namespace {

using testing::Eventually;

TEST_CASE("a gRPC-web call goes through as it is") {
  GatewayFixture it;
  const auto reply = it.Ask({.body = Frame(EchoMessage("hello"))});
  CHECK(reply.status == 200);
  CHECK(reply.Has("content-type: application/grpc-web+proto\r\n"));
  CHECK(reply.body == Frame(EchoMessage("hello")) + TrailerFrame(0, "", ""));
  CHECK(reply.Has("x-request-id: "));
}

TEST_CASE("a gRPC-web text call is base64 both ways") {
  GatewayFixture it;
  const std::string frame = Frame(EchoMessage("hello"));
  // Two pieces, each with its own padding, as a client that streams would send.
  const std::string body =
      absl::Base64Escape(frame.substr(0, 4)) + absl::Base64Escape(frame.substr(4));
  const auto reply = it.Ask({.content_type = "application/grpc-web-text", .body = body});
  std::string decoded;
  REQUIRE(absl::Base64Unescape(reply.body, &decoded));
  CHECK(decoded == frame + TrailerFrame(0, "", ""));
}

TEST_CASE("a Connect call sends bare messages, in protobuf or JSON") {
  GatewayFixture it;
  const auto proto = it.Ask({.content_type = "application/proto", .body = EchoMessage("hello")});
  CHECK(proto.status == 200);
  CHECK(proto.body == EchoMessage("hello"));
  CHECK(proto.Has("content-type: application/proto\r\n"));
  const auto json = it.Ask(
      {.content_type = "application/json; charset=utf-8", .body = R"({"payload": "aGVsbG8="})"});
  CHECK(json.status == 200);
  CHECK(json.body == R"({"payload":"aGVsbG8="})");
}

TEST_CASE("a message of megabytes goes through") {
  GatewayFixture it;
  const std::string message = EchoMessage(std::string(3'000'000, 'x'));
  CHECK(it.Ask({.body = Frame(message)}).body == Frame(message) + TrailerFrame(0, "", ""));
}

TEST_CASE("a service sees what the gateway tells it and nothing of the client's own") {
  std::string address, agent, trace;
  GatewayFixture it([](Settings& settings) { settings.trusted_proxies = {"127.0.0.1"}; });
  it.services.echo = [&](const rpc::Call& call, const v1::EchoRequest&) {
    address = call.client_address();
    agent = call.user_agent();
    trace = call.trace().TraceIdText();
    return v1::EchoResponse();
  };
  const auto reply =
      it.Ask({.head = "Authorization: Bearer secret\r\nUser-Agent: Browser\xc3\xa9/1\r\n"
                      "X-Forwarded-For: 6.6.6.6, 192.0.2.7\r\n"
                      "traceparent: 00-0123456789abcdef0123456789abcdef-0123456789abcdef-01\r\n"
                      "guildhall-client-address: 6.6.6.6\r\nguildhall-service: forged\r\n",
              .body = Frame("")});
  CHECK(StatusIn(reply.body).ok());
  CHECK(address == "192.0.2.7");
  CHECK(agent == "Browser/1");
  CHECK(trace == "0123456789abcdef0123456789abcdef");
  CHECK(reply.Has("x-request-id: 0123456789abcdef0123456789abcdef\r\n"));
}

TEST_CASE("whoever asks for what is true now is answered from nothing that was kept") {
  bool fresh = false;
  GatewayFixture it;
  it.services.echo = [&](const rpc::Call& call, const v1::EchoRequest&) {
    fresh = call.fresh();
    return v1::EchoResponse();
  };
  const std::string credential = "authorization: Bearer secret\r\n";
  CHECK(it.Echo({.head = credential, .body = Frame("")}).ok());
  CHECK_FALSE(fresh);
  // It is the gateway that says so, not the client.
  CHECK(it.Echo({.head = credential + "guildhall-fresh: 1\r\n", .body = Frame("")}).ok());
  CHECK_FALSE(fresh);
  const std::string asks = "Cache-Control: max-age=0, no-cache\r\n";
  CHECK(it.Echo({.head = credential + asks, .body = Frame("")}).ok());
  CHECK(fresh);
}

TEST_CASE("every answer carries a request id, whoever gives it") {
  GatewayFixture it([](Settings& settings) { settings.head_limit = KiB(1); });
  const std::string method(kEcho);
  const std::pair<std::string, int> cases[] = {
      {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", 200},
      {"OPTIONS " + method + " HTTP/1.1\r\nHost: x\r\nOrigin: https://app.example.org\r\n\r\n",
       204},
      {"GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400},
      {"OPTIONS " + method + " HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\n\r\n", 403},
      {"GET /x HTTP/1.1\r\nHost: x\r\n\r\n", 404},
      {"GET " + method + " HTTP/1.1\r\nHost: x\r\n\r\n", 405},
      {"GET / HTTP/1.1\r\nHost: " + std::string(2000, 'x') + "\r\n\r\n", 431},
      {"GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505},
      {"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 415},
  };
  const std::string name = "x-request-id: ";
  for (const auto& [request, status] : cases) {
    INFO(request);
    const auto reply = it.Connect().Ask(request);
    CHECK(reply.status == status);
    const std::size_t at = reply.head.find(name);
    REQUIRE(at != std::string::npos);
    const std::string id =
        reply.head.substr(at + name.size(), reply.head.find("\r\n", at) - at - name.size());
    CHECK(id.size() == 32);
    CHECK(id.find_first_not_of("0123456789abcdef") == std::string::npos);
  }
}

TEST_CASE("a client wishes its trace to be sampled, the gateway decides") {
  std::vector<bool> sampled;
  GatewayFixture it([](Settings& settings) {
    settings.sampled_ratio = 0;
    settings.sampled_wishes = 1;
  });
  it.services.echo = [&](const rpc::Call& call, const v1::EchoRequest&) {
    sampled.push_back(call.trace().sampled());
    return v1::EchoResponse();
  };
  // More in a row than any second grants.
  for (int i = 0; i < 20; ++i) {
    it.Ask({.head = "Authorization: Bearer secret\r\n"
                    "traceparent: 00-0123456789abcdef0123456789abcdef-0123456789abcdef-01\r\n",
            .body = Frame("")});
  }
  CHECK(sampled.front());
  CHECK(std::count(sampled.begin(), sampled.end(), false) > 0);
}

TEST_CASE("a malformed trace of the client begins a new one") {
  GatewayFixture it;
  for (const std::string bad :
       {"00-0123456789ABCDEF0123456789abcdef-0123456789abcdef-01", "x", "00-1-2-01",
        "00-00000000000000000000000000000000-0123456789abcdef-01"}) {
    const auto reply = it.Ask({.head = "Authorization: Bearer secret\r\nx-request-id: mine\r\n"
                                       "traceparent: " +
                                       bad + "\r\n",
                               .body = Frame("")});
    CHECK(StatusIn(reply.body).ok());
    CHECK_FALSE(
        reply.Has("x-request-id: 0"
                  "0000000000000000000000000000000"));
    CHECK_FALSE(reply.Has("x-request-id: 0123456789"));
    CHECK_FALSE(reply.Has("mine"));
  }
}

TEST_CASE("a path that is not a method's, byte by byte, leads nowhere") {
  GatewayFixture it;
  for (const std::string path :
       {"/guildhall.identity.v1.InternalIdentityService/IssueTokens",
        "/guildhall.directory.v1.InternalDirectoryService/GetFacts",
        "//guildhall.gateway.v1.ProbeService/Echo", "/guildhall.gateway.v1.ProbeService/Echo/",
        "/guildhall.gateway.v1.ProbeService/echo", "/guildhall.gateway.v1.ProbeService/%45cho",
        "/guildhall.gateway.v1.ProbeService/Echo?a=b",
        "/x/../guildhall.gateway.v1.ProbeService/Echo", "/guildhall.gateway.v1.probeservice/Echo",
        "/guildhall.gateway.v1.ProbeService%2fEcho", "/guildhall.gateway.v1.ProbeService/./Echo",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", "/",
        "http://gateway.test/guildhall.gateway.v1.ProbeService/Echo", "*"}) {
    INFO(path);
    CHECK(Is(it.Echo({.path = path, .body = Frame("")}), policy::reasons::kMethodUnknown));
  }
  CHECK(it.services.echoes == 0);
  CHECK(it.services.exchanges == 0);
}

TEST_CASE("a service without an address is not implemented here") {
  GatewayFixture it([](Settings& settings) { settings.probe_address = ""; });
  CHECK(Is(it.Echo({.body = Frame("")}), policy::reasons::kMethodUnknown));
}

TEST_CASE("a client that hangs up cancels its call in the service") {
  std::promise<void> entered;
  std::atomic<bool> cancelled = false;
  GatewayFixture it;
  it.services.echo = [&](const rpc::Call& call, const v1::EchoRequest&) {
    entered.set_value();
    while (!call.cancellation().cancelled() && !call.deadline().Passed()) {
    }
    cancelled = call.cancellation().cancelled() && !call.deadline().Passed();
    return v1::EchoResponse();
  };
  WireClient client = it.Connect();
  client.Send(TestRequest{.body = Frame("")}.Text());
  entered.get_future().wait();
  client.Close();
  CHECK(Eventually([&] { return cancelled.load(); }));
}

TEST_CASE("the deadline is the client's, within the gateway's limits") {
  std::map<std::string, absl::Duration> left;
  GatewayFixture it;
  it.services.echo = [&](const rpc::Call& call, const v1::EchoRequest& request) {
    left[request.payload()] = call.deadline().Remaining();
    return v1::EchoResponse();
  };
  const std::string auth = "authorization: Bearer secret\r\n";
  it.Ask({.body = Frame(EchoMessage("none"))});
  it.Ask({.head = auth + "grpc-timeout: 20S\r\n", .body = Frame(EchoMessage("grpc"))});
  it.Ask({.content_type = "application/proto",
          .head = auth + "connect-timeout-ms: 40000\r\n",
          .body = EchoMessage("connect")});
  it.Ask({.head = auth + "grpc-timeout: 1H\r\n", .body = Frame(EchoMessage("long"))});
  // Ten seconds for a machine that is busy with something else.
  const auto between = [](absl::Duration d, int from, int to) {
    return d > absl::Seconds(from) && d <= absl::Seconds(to);
  };
  CHECK(between(left["none"], 0, 5));
  CHECK(between(left["grpc"], 10, 20));
  CHECK(between(left["connect"], 30, 40));
  CHECK(between(left["long"], 50, 60));
}

TEST_CASE("a call ends at its deadline, whether or not the service answers") {
  GatewayFixture it;
  it.services.echo = [](const rpc::Call& call, const v1::EchoRequest&) {
    while (!call.cancellation().cancelled()) {
    }
    return v1::EchoResponse();
  };
  const absl::Status status =
      it.Echo({.head = "authorization: Bearer secret\r\ngrpc-timeout: 50m\r\n", .body = Frame("")});
  CHECK(Is(status, policy::reasons::kDeadlinePassed));
  CHECK(Is(it.Echo({.head = "grpc-timeout: 0m\r\n", .body = Frame("")}),
           policy::reasons::kDeadlinePassed));
}

TEST_CASE("a service that is away is said to be") {
  GatewayFixture it([](Settings& settings) { settings.probe_address = "unix:/nowhere"; });
  const absl::Status status = it.Echo({.body = Frame("")});
  CHECK(Is(status, reasons::kUpstreamAway));
  CHECK(status.code() == absl::StatusCode::kUnavailable);
}

TEST_CASE("a service that stumbles fails its call, not the gateway") {
  testing::H2Peer peer(absl::StrCat("/tmp/guildhall_gateway_test.", getpid()));
  GatewayFixture it([&](Settings& settings) { settings.probe_address = peer.address(); });
  const auto status = [&](const char* as) {
    peer.as = as;
    return it.Echo({.head = "authorization: Bearer secret\r\ngrpc-timeout: 2S\r\n",
                    .body = Frame(EchoMessage("x"))});
  };
  CHECK(status("/echo").ok());
  CHECK(status("/goaway-mid").ok());
  CHECK(status("/refuse-once").ok());
  CHECK(Is(status("/drop"), reasons::kUpstreamAway));
  CHECK(Eventually([&] { return status("/echo").ok(); }));
  CHECK(Is(status("/refuse"), reasons::kUpstreamAway));
  CHECK(Is(status("/reset"), policy::reasons::kInternal));
  CHECK(status("/head").code() == absl::StatusCode::kNotFound);
  CHECK(status("/echo").ok());
}

TEST_CASE("a client that does not read holds up nobody") {
  GatewayFixture it;
  it.services.echo = [](const rpc::Call&, const v1::EchoRequest&) {
    v1::EchoResponse response;
    response.set_payload(std::string(3'000'000, 'x'));
    return response;
  };
  WireClient slow(it.gateway->address(), 4096);
  slow.Send(TestRequest{.body = Frame("")}.Text());
  for (int i = 0; i < 3; ++i) CHECK(it.Echo({.body = Frame("")}).ok());
}

TEST_CASE("a gateway that drains ends its calls and takes no new ones") {
  std::promise<void> entered, release, drained;
  auto released = release.get_future();
  GatewayFixture it;
  it.services.echo = [&](const rpc::Call&, const v1::EchoRequest&) {
    entered.set_value();
    released.wait();
    return v1::EchoResponse();
  };
  WireClient client = it.Connect();
  client.Send(TestRequest{.body = Frame("")}.Text());
  entered.get_future().wait();
  it.gateway->Drain([&] { drained.set_value(); });
  it.loop.Await([] {});
  CHECK_FALSE(it.Connect().connected());
  release.set_value();
  const auto reply = client.Read();
  REQUIRE(reply);
  CHECK(StatusIn(reply->body).ok());
  CHECK(reply->Has("connection: close"));
  CHECK(drained.get_future().wait_for(std::chrono::seconds(5)) == std::future_status::ready);
}

TEST_CASE("settings that make no sense stop the start with a sentence") {
  ServicesFixture services;
  telemetry::Metrics metrics;
  http::Loop loop;
  const auto start = [&](const std::function<void(Settings&)>& change) {
    Settings settings = services.SettingsOf();
    change(settings);
    return Gateway::Start(loop, settings, metrics).status();
  };
  CHECK(start([](Settings& s) { s.directory_address = ""; }).message() ==
        "The setting directory_address is empty: write where that is, unix:/path or host:port, "
        "several separated by commas.");
  CHECK(Std(start([](Settings& s) { s.probe_address = "nonsense"; }).message())
            .starts_with("The setting probe_address: \"nonsense\" is no address"));
  CHECK_FALSE(start([](Settings& s) { s.service_key = settings::Secret("short"); }).ok());
  CHECK_FALSE(start([](Settings& s) { s.trusted_proxies = {"everybody"}; }).ok());
  CHECK_FALSE(start([](Settings& s) { s.listen = "8080"; }).ok());
}

TEST_CASE("the page at / tells what runs and how to sign in") {
  GatewayFixture it;
  const auto page = it.Connect().Ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(page.status == 200);
  CHECK(page.Has("content-type: text/html"));
  CHECK(page.body.find("guildhall.identity.v1.IdentityService") != std::string::npos);
  CHECK(page.body.find("Internal") == std::string::npos);
  CHECK(it.Connect().Ask("GET /x HTTP/1.1\r\nHost: x\r\n\r\n").status == 404);
  CHECK(it.Connect().Ask(absl::StrCat("GET ", kEcho, " HTTP/1.1\r\nHost: x\r\n\r\n")).status ==
        405);
  CHECK(it.Connect().Ask("DELETE / HTTP/1.1\r\nHost: x\r\n\r\n").status == 405);
}

TEST_CASE("the pages for developers tell what each method does and how much is taken") {
  GatewayFixture it([](Settings& settings) { settings.body_limit = MiB(3); });
  const auto reference = it.Connect().Ask("GET /reference HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(reference.status == 200);
  CHECK(reference.Has("content-security-policy: default-src 'none'"));
  CHECK(reference.body.find("POST /guildhall.identity.v1.IdentityService/SignIn") !=
        std::string::npos);
  const auto limits = it.Connect().Ask("GET /limits HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(limits.body.find("<td>max posts per topic<td>10,000") != std::string::npos);
  CHECK(limits.body.find("<td>max page bytes<td>1 MiB") != std::string::npos);
  CHECK(limits.body.find("<td>message of a request<td>3MiB") != std::string::npos);
}

TEST_CASE("metrics tell methods, protocols, codes and connections") {
  GatewayFixture it;
  it.Ask({.body = Frame("")});
  it.Ask({.head = "", .body = Frame("")});
  const std::string text = it.metrics.Text();
  const std::string start = "guildhall_gateway_requests_total{code=\"";
  CHECK(text.find(start + "ok\",grpc_method=\"Echo\"") != std::string::npos);
  CHECK(text.find(start + "unauthenticated\",grpc_method=\"Echo\"") != std::string::npos);
  CHECK(text.find("guildhall_gateway_connections_total 2") != std::string::npos);
  CHECK(text.find("guildhall_gateway_upstream_connections{service=\"identity\"} 1") !=
        std::string::npos);
}

}  // namespace
}  // namespace guildhall::gateway
