#include "libs/http/ip.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libs/base/strings.h"

namespace guildhall::http {
namespace {

constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr int kMappedBits = 96;

// `address` with all but its first `bits` bits cleared.
IpAddress Masked(IpAddress address, int bits) {
  for (int i = 0; i < 16; ++i) {
    const int kept = std::clamp(bits - 8 * i, 0, 8);
    address.bytes[static_cast<std::size_t>(i)] &= static_cast<std::uint8_t>(0xff00 >> kept);
  }
  return address;
}

}  // namespace

bool IpAddress::IsV4() const { return std::equal(kMapped.begin(), kMapped.end(), bytes.begin()); }

std::optional<IpAddress> IpAddress::Parse(std::string_view text) {
  IpAddress address;
  const std::string terminated(text);
  // Or what stands behind a NUL would go unread.
  if (terminated.find('\0') != std::string::npos) return std::nullopt;
  if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
  if (inet_pton(AF_INET, terminated.c_str(), address.bytes.data() + kMapped.size()) != 1) {
    return std::nullopt;
  }
  std::copy(kMapped.begin(), kMapped.end(), address.bytes.begin());
  return address;
}

IpNetwork::IpNetwork(const IpAddress& address, int bits)
    : first_(Masked(address, bits)), bits_(bits) {}

absl::StatusOr<IpNetwork> IpNetwork::Parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = IpAddress::Parse(text.substr(0, slash));
  const int all = address && address->IsV4() ? 32 : 128;
  int bits = all;
  const bool sized = slash != std::string_view::npos;
  if (!address || (sized && !absl::SimpleAtoi(Absl(text.substr(slash + 1)), &bits)) || bits < 0 ||
      bits > all) {
    return absl::InvalidArgumentError(absl::StrCat(
        "\"", Absl(text), "\" is no network: write an address, 10.0.0.0/8 or fd00::/8"));
  }
  return IpNetwork(*address, bits + (128 - all));
}

IpNetwork IpNetwork::Around(const IpAddress& address, int v4_bits, int v6_bits) {
  return IpNetwork(address, address.IsV4() ? kMappedBits + v4_bits : v6_bits);
}

bool IpNetwork::Contains(const IpAddress& address) const {
  return Masked(address, bits_) == first_;
}

}  // namespace guildhall::http
