#include "services/gateway/api/proxy_call.h"

#include <catch2/catch.hpp>
#include <future>
#include <nlohmann/json.hpp>

#include "libs/testing/eventually.h"
#include "services/gateway/api/gateway_fixture.h"

namespace guildhall::gateway {
namespace {

using testing::Eventually;

constexpr char kBearer[] = "authorization: Bearer secret\r\n";

// A text that stands so often after itself.
std::string Times(int n, std::string_view text) {
  std::string out;
  while (n-- > 0) out += text;
  return out;
}

TEST_CASE("a session is exchanged once and its tokens are used again") {
  GatewayFixture it;
  for (int i = 0; i < 3; ++i) CHECK(it.Echo({.body = Frame("")}).ok());
  CHECK(it.services.exchanges == 1);
  CHECK(it.Echo({.head = "authorization: Bearer another\r\n", .body = Frame("")}).ok());
  CHECK(it.services.exchanges == 2);
}

TEST_CASE("calls of one session that come together share an exchange") {
  std::promise<void> asked, release;
  auto released = release.get_future();
  GatewayFixture it;
  it.services.before_exchange = [&] {
    asked.set_value();
    released.wait();
  };
  std::vector<WireClient> clients;
  for (int i = 0; i < 5; ++i) clients.push_back(it.Connect());
  for (WireClient& client : clients) client.Send(TestRequest{.body = Frame("")}.Text());
  clients.push_back(it.Connect());
  clients.back().Send(TestRequest{.body = Frame("")}.Text());
  asked.get_future().wait();
  clients.back().Close();  // one that waits goes away
  clients.pop_back();
  it.loop.Await([] {});
  release.set_value();
  for (WireClient& client : clients) CHECK(StatusIn(client.Read()->body).ok());
  CHECK(it.services.exchanges == 1);
}

TEST_CASE("who waits for an exchange waits no longer than its deadline") {
  std::promise<void> release;
  auto released = release.get_future();
  GatewayFixture it;
  it.services.before_exchange = [&] { released.wait(); };
  const absl::Status status =
      it.Echo({.head = std::string(kBearer) + "grpc-timeout: 50m\r\n", .body = Frame("")});
  release.set_value();
  CHECK(Is(status, policy::reasons::kDeadlinePassed));
}

TEST_CASE("without a session only what anybody may call is called") {
  GatewayFixture it;
  const absl::Status status = it.Echo({.head = "", .body = Frame("")});
  CHECK(Is(status, policy::reasons::kSignInRequired));
  CHECK(status.code() == absl::StatusCode::kUnauthenticated);
  CHECK(it.services.echoes == 0);
  CHECK(it.Echo({.path = kSignIn, .head = "", .body = Frame("")}).ok());
}

TEST_CASE("a session that identity does not know has ended") {
  GatewayFixture it;
  it.services.knows_secret = false;
  CHECK(Is(it.Echo({.body = Frame("")}), policy::reasons::kSessionEnded));
  CHECK(it.services.echoes == 0);
}

TEST_CASE("when a service says that the session has ended its tokens are dropped") {
  GatewayFixture it;
  CHECK(it.Echo({.body = Frame("")}).ok());
  it.services.session_live = false;
  const auto reply = it.Ask({.head = "cookie: __Host-guildhall=secret\r\nx-grpc-web: 1\r\n"
                                     "sec-fetch-site: same-origin\r\n",
                             .body = Frame("")});
  CHECK(Is(StatusIn(reply.body), policy::reasons::kSessionEnded));
  CHECK(reply.Has(
      "set-cookie: __host-guildhall=; max-age=0; path=/; httponly; samesite=lax; secure"));
  it.services.session_live = true;
  CHECK(it.services.exchanges == 1);
  CHECK(it.Echo({.body = Frame("")}).ok());
  CHECK(it.services.exchanges == 2);
}

TEST_CASE("a token that a service does not take is exchanged anew, and nobody notices") {
  GatewayFixture it;
  CHECK(it.Echo({.body = Frame("")}).ok());
  it.services.refusals = 1;
  CHECK(it.Echo({.body = Frame("")}).ok());
  CHECK(it.services.exchanges == 2);
  CHECK(it.services.echoes == 2);
}

TEST_CASE("a service that takes no token is away: nobody's session has ended") {
  GatewayFixture it;
  it.services.refusals = 2;
  const absl::Status status = it.Echo({.body = Frame("")});
  CHECK(Is(status, reasons::kUpstreamAway));
  CHECK(it.services.exchanges == 2);
  CHECK(it.services.echoes == 0);
  CHECK(it.Echo({.body = Frame("")}).ok());
}

TEST_CASE("signing out drops the tokens and clears the cookie") {
  GatewayFixture it;
  CHECK(it.Echo({.body = Frame("")}).ok());
  const auto reply = it.Ask({.path = kSignOut, .body = Frame("")});
  CHECK(StatusIn(reply.body).ok());
  CHECK(reply.Has("set-cookie: __host-guildhall=; max-age=0"));
  CHECK_FALSE(reply.Has("guildhall-clear-session"));
  CHECK(it.Echo({.body = Frame("")}).ok());
  CHECK(it.services.exchanges == 2);
}

TEST_CASE("a new session becomes a cookie that scripts cannot read") {
  GatewayFixture it;
  const auto reply = it.Ask({.path = kSignIn, .head = "", .body = Frame("")});
  CHECK(
      reply.Has("set-cookie: __host-guildhall=fresh_secret; max-age=3600; path=/; httponly; "
                "samesite=lax; secure\r\n"));
  CHECK_FALSE(reply.Has("guildhall-set-session"));
  GatewayFixture local([](Settings& settings) { settings.insecure_cookie = true; });
  CHECK(local.Ask({.path = kSignIn, .head = "", .body = Frame("")})
            .Has("set-cookie: guildhall-session=fresh_secret; max-age=3600; path=/; httponly; "
                 "samesite=lax\r\n"));
}

TEST_CASE("no service but identity begins a session") {
  GatewayFixture it;
  it.services.echo = [](const rpc::Call& call, const v1::EchoRequest&) {
    call.AddReplyMetadata("guildhall-set-session", "planted; max-age=1");
    call.AddReplyMetadata("x-inner", "1");
    return v1::EchoResponse();
  };
  const auto reply = it.Ask({.body = Frame("")});
  CHECK(StatusIn(reply.body).ok());
  CHECK_FALSE(reply.Has("set-cookie"));
  CHECK_FALSE(reply.Has("planted"));
  CHECK_FALSE(reply.Has("x-inner"));
}

TEST_CASE("a foreign page cannot call with the visitor's cookie") {
  GatewayFixture it;
  const std::string cookie = "cookie: a=b; __Host-guildhall=secret\r\n";
  const std::string own = "origin: https://gateway.test\r\n";
  const auto refused = [&](const std::string& head) {
    return Is(it.Echo({.head = head, .body = Frame("")}), reasons::kOriginRefused);
  };
  CHECK(refused(cookie));                        // names no origin
  CHECK(refused(cookie + own));                  // no header of its own
  CHECK(refused(cookie + "x-grpc-web: 1\r\n"));  // names no origin
  CHECK(refused(cookie + "x-grpc-web: 1\r\nsec-fetch-site: cross-site\r\n"));
  CHECK(refused(cookie + "x-grpc-web: 1\r\nsec-fetch-site: same-site\r\n"));
  CHECK(refused(cookie + "x-grpc-web: 1\r\norigin: https://evil.test\r\n"));
  CHECK(refused(cookie + "x-grpc-web: 1\r\norigin: http://gateway.test\r\n"));
  CHECK(refused(cookie + "x-grpc-web: 1\r\norigin: null\r\n"));
  CHECK(refused("x-grpc-web: 1\r\norigin: https://evil.test\r\n"));  // nor without it
  CHECK(it.services.echoes == 0);
  CHECK(it.services.exchanges == 0);
  for (const char* header :
       {"x-grpc-web: 1\r\n", "connect-protocol-version: 1\r\n", "x-guildhall: 1\r\n"}) {
    CHECK(it.Echo({.head = cookie + own + header, .body = Frame("")}).ok());
  }
  CHECK(it.Echo({.head = cookie + "x-grpc-web: 1\r\nsec-fetch-site: same-origin\r\n",
                 .body = Frame("")})
            .ok());
}

TEST_CASE("an allowed page elsewhere asks first and may read the answer") {
  GatewayFixture it;
  const std::string allowed = "origin: https://app.example.org\r\n";
  const auto preflight = [&](const std::string& origin) {
    return it.Connect().Ask(absl::StrCat("OPTIONS ", kEcho, " HTTP/1.1\r\nHost: x\r\n", origin,
                                         "access-control-request-method: POST\r\n\r\n"));
  };
  const auto asked = preflight(allowed);
  CHECK(asked.status == 204);
  CHECK(asked.Has("access-control-allow-origin: https://app.example.org\r\n"));
  CHECK(asked.Has("access-control-allow-credentials: true\r\n"));
  CHECK(preflight("origin: https://evil.test\r\n").status == 403);
  CHECK(preflight("").status == 403);
  const auto reply =
      it.Ask({.head = "cookie: __Host-guildhall=secret\r\nx-grpc-web: 1\r\n" + allowed,
              .body = Frame("")});
  CHECK(StatusIn(reply.body).ok());
  CHECK(reply.Has("access-control-allow-origin: https://app.example.org\r\n"));
  CHECK(reply.Has("vary: origin\r\n"));
}

TEST_CASE("a session has its rate, a network without one has another") {
  GatewayFixture it([](Settings& settings) {
    settings.session_rate = settings.address_rate = 1;
    settings.session_burst = 3;
    settings.address_burst = 2;
  });
  const auto first = it.Ask({.path = kSignIn, .head = "", .body = Frame("")});
  CHECK(first.Has("ratelimit-limit: 2\r\n"));
  CHECK(first.Has("ratelimit-remaining: 1\r\n"));
  CHECK(it.Echo({.body = Frame("")}).ok());  // the exchange counts for the network
  const auto over = it.Ask({.path = kSignIn, .head = "", .body = Frame("")});
  const absl::Status status = StatusIn(over.body);
  CHECK(Is(status, reasons::kRateLimited));
  CHECK(DetailsOf(status)->retry_after > absl::ZeroDuration());
  CHECK(over.Has("retry-after: 1\r\n"));
  CHECK(Is(it.Echo({.head = "authorization: Bearer made-up\r\n", .body = Frame("")}),
           reasons::kRateLimited));
  for (int i = 0; i < 3; ++i) CHECK(it.Echo({.body = Frame("")}).ok());
  CHECK(Is(it.Echo({.body = Frame("")}), reasons::kRateLimited));
}

TEST_CASE("broken frames are refused before a service hears of them") {
  GatewayFixture it;
  const std::string whole = Frame(EchoMessage("x"));
  for (const std::string& body :
       {std::string(), std::string("\0\0\0", 3), whole.substr(0, whole.size() - 1), whole + "x",
        whole + whole, "\2" + whole.substr(1), "\x80" + whole.substr(1),
        std::string("\0\xff\xff\xff\xff", 5)}) {
    CHECK(Is(it.Echo({.body = body}), reasons::kFrameMalformed));
  }
  CHECK(Is(it.Echo({.body = "\1" + whole.substr(1)}), reasons::kEncodingUnsupported));
  for (const char* body : {"####", "AAAAA", "AA==AA", "AAAA\nAAAAAA=="}) {
    INFO(body);
    const auto reply = it.Ask({.content_type = "application/grpc-web-text", .body = body});
    std::string decoded;
    REQUIRE(absl::Base64Unescape(reply.body, &decoded));
    CHECK(Is(StatusIn(decoded), reasons::kFrameMalformed));
  }
  CHECK(it.services.echoes == 0);
  CHECK(Is(it.Echo({.body = Frame("\xff")}), policy::reasons::kMessageMalformed));
}

TEST_CASE("headers that the gateway cannot read are refused") {
  GatewayFixture it;
  const auto status = [&](const std::string& head) {
    return it.Echo({.head = head, .body = Frame("")});
  };
  for (const std::string head : {"authorization: Basic YTpi\r\n", "authorization: Bearer \r\n",
                                 "authorization: Bearer a b\r\n", "authorization: Bearer a;b\r\n",
                                 "cookie: __Host-guildhall=a; __Host-guildhall=b\r\n",
                                 "cookie: __Host-guildhall=\"quoted\"\r\n"}) {
    INFO(head);
    CHECK(Is(status(head), reasons::kHeaderMalformed));
  }
  CHECK(Is(status(absl::StrCat("authorization: Bearer ", Times(300, "a"), "\r\n")),
           reasons::kHeaderMalformed));
  for (const std::string head :
       {"grpc-timeout: 5\r\n", "grpc-timeout: -5S\r\n", "grpc-timeout: 123456789S\r\n",
        "grpc-timeout: 5X\r\n", "grpc-timeout: S\r\n", "connect-protocol-version: 2\r\n",
        "authorization: Bearer twice\r\n"}) {
    INFO(head);
    CHECK(Is(status(kBearer + head), reasons::kHeaderMalformed));
  }
  CHECK(
      Is(status(std::string(kBearer) + "grpc-encoding: gzip\r\n"), reasons::kEncodingUnsupported));
  CHECK(
      Is(status(std::string(kBearer) + "content-encoding: br\r\n"), reasons::kEncodingUnsupported));
  CHECK(it.services.echoes == 0);
}

TEST_CASE("content types that are not spoken here are refused") {
  GatewayFixture it;
  for (const char* type : {"", "text/plain", "application/x-www-form-urlencoded",
                           "multipart/form-data", "application/grpc", "application/grpc-web+json",
                           "application/connect+proto", "application/json; charset=utf-16"}) {
    INFO(type);
    const auto reply = it.Ask({.content_type = type, .body = "{}"});
    CHECK(reply.status == 415);
    CHECK(reply.body.find("CONTENT_TYPE_UNSUPPORTED") != std::string::npos);
  }
}

TEST_CASE("bodies beyond the limit are refused in the client's protocol") {
  GatewayFixture it([](Settings& settings) {
    settings.body_limit = KiB(64);
    settings.json_limit = KiB(1);
  });
  CHECK(it.Echo({.body = Frame(EchoMessage(std::string(65'000, 'x')))}).ok());
  const absl::Status large = it.Echo({.body = Frame(EchoMessage(std::string(70'000, 'x')))});
  CHECK(Is(large, reasons::kBodyTooLarge));
  CHECK(DetailsOf(large)->metadata.front().second == "65536");
  // Not read to its end: the answer comes while the client is sending.
  CHECK(Is(it.Echo({.body = Frame(std::string(3'000'000, 'x'))}), reasons::kBodyTooLarge));
  const auto json = it.Ask({.content_type = "application/json",
                            .body = absl::StrCat(R"({"payload":")", Times(300, "AAAA"), "\"}")});
  CHECK(json.status == 429);
  CHECK(json.body.find("BODY_TOO_LARGE") != std::string::npos);
}

TEST_CASE("JSON that is not the message is refused") {
  GatewayFixture it;
  for (const std::string& body :
       {std::string(), std::string("{"), std::string("[]"), std::string("null x"),
        std::string(R"({"payload":"","payload":""})"), std::string(R"({"other":1})"),
        std::string(R"({"payload":{}})"), std::string(R"({'payload':''})"),
        std::string(R"({"payload":"",})"), std::string("{\"payload\":\"\xff\"}"),
        std::string(R"({"payload":"\ud800"})"), std::string("\xef\xbb\xbf{}"), Times(100'000, "["),
        R"({"payload":[)" + Times(20'000, "1,") + "1]}",
        Times(40, R"({"a":)") + "1" + Times(40, "}")}) {
    INFO(body.substr(0, 60));
    const auto reply = it.Ask({.content_type = "application/json", .body = body});
    CHECK(reply.status == 400);
    CHECK(reply.body.find("JSON_MALFORMED") != std::string::npos);
  }
  CHECK(it.services.echoes == 0);
}

TEST_CASE("an error is told in each protocol with its reason") {
  GatewayFixture it;
  it.services.echo = [](const rpc::Call&,
                        const v1::EchoRequest&) -> absl::StatusOr<v1::EchoResponse> {
    return Refusal(policy::reasons::kFieldInvalid, "100 % of “this” is wrong.")
        .Field("payload", "Is too dull.");
  };
  const absl::Status web = it.Echo({.body = Frame("")});
  CHECK(Is(web, policy::reasons::kFieldInvalid));
  CHECK(web.message() == "100 % of “this” is wrong.");
  CHECK(DetailsOf(web)->violations.at(0).field == "payload");
  const auto connect = it.Ask({.content_type = "application/proto", .body = ""});
  CHECK(connect.status == 400);
  CHECK(connect.Has("content-type: application/json\r\n"));
  const auto error = nlohmann::json::parse(connect.body);
  CHECK(error["code"] == "invalid_argument");
  CHECK(error["message"] == "100 % of “this” is wrong.");
  CHECK(error["details"][0]["type"] == "google.rpc.ErrorInfo");
  CHECK(error["details"][0]["debug"]["reason"] == "FIELD_INVALID");
  CHECK(error["details"][1]["debug"]["fieldViolations"][0]["field"] == "payload");
  std::string value;
  CHECK(absl::Base64Unescape(error["details"][0]["value"].get<std::string>(), &value));
  google::rpc::ErrorInfo info;
  CHECK(info.ParseFromString(value));
  CHECK(info.domain() == "guildhall.policy.v1");
  const auto own = it.Ask({.content_type = "application/json", .head = "", .body = "{}"});
  CHECK(own.status == 401);
  CHECK(nlohmann::json::parse(own.body)["code"] == "unauthenticated");
}

TEST_CASE("a reply beyond the limit is not passed on") {
  GatewayFixture it([](Settings& settings) {
    settings.reply_limit = KiB(64);
    settings.json_reply_limit = KiB(16);
  });
  std::size_t size = 1'000'000;
  it.services.echo = [&](const rpc::Call&, const v1::EchoRequest&) {
    v1::EchoResponse response;
    response.set_payload(std::string(size, 'x'));
    return response;
  };
  CHECK(Is(it.Echo({.body = Frame("")}), reasons::kBodyTooLarge));
  size = 20'000;
  CHECK(it.Echo({.body = Frame("")}).ok());
  const auto json = it.Ask({.content_type = "application/json", .body = "{}"});
  CHECK_THAT(json.body, Catch::Contains("BODY_TOO_LARGE") && Catch::Contains("16384"));
  it.services.echo = [](const rpc::Call&, const v1::EchoRequest&) { return v1::EchoResponse(); };
  CHECK(it.Echo({.body = Frame("")}).ok());
}

}  // namespace
}  // namespace guildhall::gateway
