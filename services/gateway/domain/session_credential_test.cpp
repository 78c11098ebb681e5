#include "services/gateway/domain/session_credential.h"

#include <catch2/catch.hpp>

#include "guildhall/gateway/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::gateway {
namespace {

using Header = std::optional<std::string_view>;

absl::StatusOr<std::optional<Credential>> Sent(Header authorization, Header cookies) {
  return CredentialIn(authorization, cookies, kSecureCookie);
}

// The secret that is found, or why there is none.
std::string SecretIn(Header authorization, Header cookies) {
  const auto found = Sent(authorization, cookies);
  if (!found.ok()) return Is(found.status(), reasons::kHeaderMalformed) ? "malformed" : "?";
  return *found ? std::string((*found)->secret) : "nothing";
}

TEST_CASE("a session is told by a bearer token or by its cookie") {
  CHECK(SecretIn("Bearer aB3-_", {}) == "aB3-_");
  CHECK(SecretIn("bearer aB3-_", {}) == "aB3-_");
  CHECK(SecretIn({}, "__Host-guildhall=aB3-_") == "aB3-_");
  CHECK(SecretIn({}, "theme=dark; __Host-guildhall=aB3-_;lang=pt") == "aB3-_");
  CHECK(SecretIn({}, {}) == "nothing");
}

TEST_CASE("a cookie is known as such, for a browser adds it by itself") {
  CHECK((*Sent({}, "__Host-guildhall=a"))->cookie);
  CHECK_FALSE((*Sent("Bearer a", {}))->cookie);
}

TEST_CASE("a bearer token comes before a cookie, also before two") {
  CHECK(SecretIn("Bearer token", "__Host-guildhall=cookie") == "token");
  CHECK(SecretIn("Bearer token", "__Host-guildhall=a; __Host-guildhall=b") == "token");
  CHECK(SecretIn("Bearer ", "__Host-guildhall=cookie") == "malformed");
}

TEST_CASE("other cookies are nobody's session, nor is one that was cleared") {
  for (const char* cookies : {"", "theme=dark", "__Host-guildhall", "__Host-guildhall2=a",
                              "guildhall-session=a", "x__Host-guildhall=a", "__Host-guildhall="}) {
    INFO(cookies);
    CHECK(SecretIn({}, cookies) == "nothing");
  }
}

TEST_CASE("a session cookie comes once, or somebody plants cookies") {
  CHECK(SecretIn({}, "__Host-guildhall=a; __Host-guildhall=a") == "malformed");
}

TEST_CASE("a secret is of letters, digits, - and _, 256 at most") {
  CHECK(SecretIn("Bearer " + std::string(256, 'a'), {}) == std::string(256, 'a'));
  for (const std::string& secret :
       {std::string(), std::string("a b"), std::string("a+b"), std::string("a/b"),
        std::string("\"a\""), std::string("\xc3\xa9"), std::string(257, 'a')}) {
    INFO(secret);
    CHECK(SecretIn("Bearer " + secret, {}) == "malformed");
    if (!secret.empty()) CHECK(SecretIn({}, "__Host-guildhall=" + secret) == "malformed");
  }
  CHECK(SecretIn("Basic YTpi", {}) == "malformed");
  CHECK(SecretIn("Bearer", {}) == "malformed");
}

TEST_CASE("a service hands over a new session's secret and how long it lasts") {
  const auto session = ParseSetSession("aB3-_; max-age=3600");
  REQUIRE(session);
  CHECK(session->secret == "aB3-_");
  CHECK(session->max_age == absl::Hours(1));
  CHECK(ParseSetSession("a; max-age=0")->max_age == absl::ZeroDuration());
  for (const char* value : {"", "a", "; max-age=5", "a; max-age=", "a; max-age=-1", "a; max-age=5s",
                            "a b; max-age=5", "a; max-age=5; max-age=6"}) {
    INFO(value);
    CHECK_FALSE(ParseSetSession(value));
  }
}

TEST_CASE("no page reads the session's cookie, and no other host or site gets it") {
  CHECK(SetCookieLine(kSecureCookie, {"aB3", absl::Hours(1)}) ==
        "set-cookie: __Host-guildhall=aB3; Max-Age=3600; Path=/; HttpOnly; SameSite=Lax; "
        "Secure\r\n");
  CHECK(ClearCookieLine(kSecureCookie) ==
        "set-cookie: __Host-guildhall=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure\r\n");
  // Without TLS a browser takes no cookie that asks for it.
  CHECK(SetCookieLine(kPlainCookie, {"aB3", absl::Hours(1)}) ==
        "set-cookie: guildhall-session=aB3; Max-Age=3600; Path=/; HttpOnly; SameSite=Lax\r\n");
}

}  // namespace
}  // namespace guildhall::gateway
