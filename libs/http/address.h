#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace guildhall::http {

// Where to listen or to connect: `unix:/path`, `host:port` or `[ipv6]:port`.
struct Address {
  std::string unix_path;  // empty for TCP
  std::string host;       // a name or a literal, without brackets
  std::string port;       // 1 to 5 digits

  std::string ToString() const;
};

// Fails with INVALID_ARGUMENT and says what the three spellings are.
absl::StatusOr<Address> ParseAddress(std::string_view text);

// Splits at commas; white space around an address is dropped, an empty text is no addresses.
absl::StatusOr<std::vector<Address>> ParseAddresses(std::string_view text);

}  // namespace guildhall::http
