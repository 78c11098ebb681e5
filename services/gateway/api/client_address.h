#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/http/ip.h"

namespace guildhall::gateway {

// The proxies in front of the gateway, whose word about a client's address counts.
class TrustedProxies {
 public:
  // Each an address, a network or the word "unix" for whoever connects through a Unix socket.
  // Fails with INVALID_ARGUMENT.
  static absl::StatusOr<TrustedProxies> Parse(const std::vector<std::string>& texts);

  // Who a request comes from: `peer`, or when that is trusted, the last hop in X-Forwarded-For that
  // is not (what stands before it, the client may have written). An address, or `peer` as it is.
  std::string ClientAddress(std::string_view peer,
                            std::optional<std::string_view> forwarded_for) const;

 private:
  bool Trusts(std::string_view peer) const;

  std::vector<http::IpNetwork> networks_;
  bool unix_ = false;
};

// A hash of the network of an address (/24 of IPv4, /56 of IPv6, what one household or office has):
// whom anonymous calls are counted against.
std::uint64_t NetworkHash(std::string_view address);

}  // namespace guildhall::gateway
