#include "services/gateway/domain/session_credential.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "libs/base/check.h"
#include "libs/testing/fuzz/target.h"
#include "services/gateway/domain/protocol.h"
#include "services/gateway/domain/timeout.h"

namespace guildhall::gateway {
namespace {

bool IsSecret(std::string_view text) {
  return !text.empty() && text.size() <= 256 && std::ranges::all_of(text, [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_';
  });
}

void TakeSetSession(std::string_view value) {
  const auto session = ParseSetSession(value);
  if (!session) return;
  GUILDHALL_CHECK(IsSecret(session->secret) && session->max_age >= absl::ZeroDuration());
  // One line, and nothing that the value smuggled in.
  const std::string line = SetCookieLine(kSecureCookie, *session);
  GUILDHALL_CHECK(line.find_first_of("\r\n") == line.size() - 2 && line.ends_with("\r\n"));
}

void TakeTimeouts(std::string_view text) {
  for (const auto timeout : {ParseGrpcTimeout(text), ParseConnectTimeout(text)}) {
    if (timeout) GUILDHALL_CHECK(*timeout >= absl::ZeroDuration());
  }
}

}  // namespace
}  // namespace guildhall::gateway

// A line each: authorization, or nothing; cookies; what a service sets; a timeout; a content type.
void guildhall::testing::TakeInput(std::string_view input) {
  using namespace gateway;
  const std::string_view authorization = TakeLine(input);
  const std::string_view cookies = TakeLine(input);
  using Header = std::optional<std::string_view>;
  const auto found =
      CredentialIn(authorization.empty() ? Header() : authorization, cookies, kPlainCookie);
  if (found.ok() && *found) {
    GUILDHALL_CHECK(IsSecret((*found)->secret));
    GUILDHALL_CHECK((*found)->cookie == authorization.empty());
  }
  TakeSetSession(TakeLine(input));
  TakeTimeouts(TakeLine(input));
  if (const auto protocol = ProtocolOf(TakeLine(input))) GUILDHALL_CHECK(!Name(*protocol).empty());
}
