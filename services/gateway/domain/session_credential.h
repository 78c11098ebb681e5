#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace guildhall::gateway {

// How a session's secret travels in a cookie. `__Host-` binds it to this host, TLS and the path /
// (RFC 6265bis section 4.1.3.2); without TLS, for local use, browsers would not take that name.
inline constexpr std::string_view kSecureCookie = "__Host-guildhall";
inline constexpr std::string_view kPlainCookie = "guildhall-session";

// The secret of a session, as the client sent it.
struct Credential {
  std::string_view secret;
  bool cookie = false;  // a browser adds a cookie by itself, a bearer token never
};

// The credential in the headers `authorization` and `cookie`; nothing when there is none. A bearer
// token comes first: it was sent on purpose.
//
// Fails with HEADER_MALFORMED when the authorization is no bearer token, the cookie comes twice
// (somebody plants cookies), or the secret is no secret of ours.
absl::StatusOr<std::optional<Credential>> CredentialIn(
    std::optional<std::string_view> authorization, std::optional<std::string_view> cookies,
    std::string_view cookie_name);

// The value of `guildhall-set-session` from a service.
struct NewSession {
  std::string_view secret;
  absl::Duration max_age;
};

// Reads "<secret>; max-age=<seconds>"; nothing when it is something else.
std::optional<NewSession> ParseSetSession(std::string_view value);

// The line that sets or clears the cookie, with its line end.
std::string SetCookieLine(std::string_view cookie_name, const NewSession& session);
std::string ClearCookieLine(std::string_view cookie_name);

}  // namespace guildhall::gateway
