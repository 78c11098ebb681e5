#include "services/gateway/domain/session_credential.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "guildhall/gateway/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/strings.h"

namespace guildhall::gateway {
namespace {

constexpr std::string_view kScheme = "bearer ";
constexpr std::string_view kMaxAge = "; max-age=";
// Ours have 43; room for longer ones.
constexpr std::size_t kMaxSecret = 256;

absl::Status Malformed(std::string message) {
  return Refusal(reasons::kHeaderMalformed, std::move(message));
}

// The alphabet of base64url, of which all our secrets are.
bool IsSecret(std::string_view text) {
  return !text.empty() && text.size() <= kMaxSecret &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_';
         });
}

std::string Line(std::string_view cookie_name, std::string_view value, std::int64_t max_age) {
  return absl::StrCat("set-cookie: ", Absl(cookie_name), "=", Absl(value), "; Max-Age=", max_age,
                      "; Path=/; HttpOnly; SameSite=Lax",
                      cookie_name == kSecureCookie ? "; Secure\r\n" : "\r\n");
}

}  // namespace

absl::StatusOr<std::optional<Credential>> CredentialIn(
    std::optional<std::string_view> authorization, std::optional<std::string_view> cookies,
    std::string_view cookie_name) {
  std::optional<Credential> found;
  if (authorization) {
    if (!absl::StartsWithIgnoreCase(Absl(*authorization), Absl(kScheme))) {
      return Malformed("The authorization must be \"Bearer <secret>\".");
    }
    found = {authorization->substr(kScheme.size()), false};
  } else if (cookies) {
    for (const absl::string_view pair : absl::StrSplit(Absl(*cookies), ';')) {
      std::string_view text = Std(absl::StripAsciiWhitespace(pair));
      if (!text.starts_with(cookie_name)) continue;
      text.remove_prefix(cookie_name.size());
      if (!text.starts_with('=')) continue;
      if (found) return Malformed("The session cookie comes twice.");
      found = {text.substr(1), true};
    }
    // A cleared cookie may linger as an empty one.
    if (found && found->secret.empty()) return std::optional<Credential>();
  }
  if (found && !IsSecret(found->secret)) return Malformed("This is no session secret.");
  return found;
}

std::optional<NewSession> ParseSetSession(std::string_view value) {
  const std::size_t end = value.find(kMaxAge);
  std::int64_t seconds = 0;
  if (end == std::string_view::npos || !IsSecret(value.substr(0, end)) ||
      !absl::SimpleAtoi(Absl(value.substr(end + kMaxAge.size())), &seconds) || seconds < 0) {
    return std::nullopt;
  }
  return NewSession{value.substr(0, end), absl::Seconds(seconds)};
}

std::string SetCookieLine(std::string_view cookie_name, const NewSession& session) {
  return Line(cookie_name, session.secret, absl::ToInt64Seconds(session.max_age));
}

std::string ClearCookieLine(std::string_view cookie_name) { return Line(cookie_name, "", 0); }

}  // namespace guildhall::gateway
