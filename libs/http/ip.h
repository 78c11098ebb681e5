#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace guildhall::http {

// An IP address; IPv4 as ::ffff:a.b.c.d, so that one address has one value.
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};

  auto operator<=>(const IpAddress&) const = default;
  bool IsV4() const;

  // The usual text forms and nothing else: no zone, no port, no leading zeros.
  static std::optional<IpAddress> Parse(std::string_view text);
};

// The addresses that share their first bits.
class IpNetwork {
 public:
  // Reads "10.0.0.0/8", "fd00::/8" or a single address. Fails with INVALID_ARGUMENT.
  static absl::StatusOr<IpNetwork> Parse(std::string_view text);

  // The network of the first `v4_bits` or `v6_bits` of an address.
  static IpNetwork Around(const IpAddress& address, int v4_bits, int v6_bits);

  bool Contains(const IpAddress& address) const;
  // Its first address.
  const IpAddress& first() const { return first_; }

 private:
  IpNetwork(const IpAddress& address, int bits);

  IpAddress first_;
  int bits_;  // of the 128
};

}  // namespace guildhall::http
