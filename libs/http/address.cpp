#include "libs/http/address.h"

#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"

namespace guildhall::http {
namespace {

constexpr std::string_view kUnix = "unix:";
// sockaddr_un holds 108 bytes with the terminating zero (unix(7)).
constexpr std::size_t kMaxPath = 107;

absl::Status Malformed(std::string_view text) {
  return absl::InvalidArgumentError(absl::StrCat("\"", Absl(text),
                                                 "\" is no address: write unix:/path (at most ",
                                                 kMaxPath, " bytes), host:port or [ipv6]:port"));
}

}  // namespace

std::string Address::ToString() const {
  if (!unix_path.empty()) return absl::StrCat(Absl(kUnix), unix_path);
  const bool literal6 = host.find(':') != std::string::npos;
  return literal6 ? absl::StrCat("[", host, "]:", port) : absl::StrCat(host, ":", port);
}

absl::StatusOr<Address> ParseAddress(std::string_view text) {
  Address address;
  if (text.starts_with(kUnix)) {
    address.unix_path = text.substr(kUnix.size());
    if (!address.unix_path.starts_with('/') || address.unix_path.size() > kMaxPath) {
      return Malformed(text);
    }
    return address;
  }
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return Malformed(text);
  std::string_view host = text.substr(0, colon);
  address.port = text.substr(colon + 1);
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    return Malformed(text);
  }
  address.host = host;
  std::uint32_t port = 0;
  const bool digits = address.port.find_first_not_of("0123456789") == std::string::npos;
  if (address.host.empty() || !digits || !absl::SimpleAtoi(address.port, &port) || port > 65535) {
    return Malformed(text);
  }
  return address;
}

absl::StatusOr<std::vector<Address>> ParseAddresses(std::string_view text) {
  std::vector<Address> addresses;
  for (const absl::string_view part : absl::StrSplit(Absl(text), ',', absl::SkipWhitespace())) {
    GUILDHALL_ASSIGN(Address address, ParseAddress(Std(absl::StripAsciiWhitespace(part))));
    addresses.push_back(std::move(address));
  }
  return addresses;
}

}  // namespace guildhall::http
