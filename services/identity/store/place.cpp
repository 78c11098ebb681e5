#include "services/identity/store/place.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "absl/strings/str_cat.h"

namespace guildhall::identity {
namespace {

constexpr int kIpv4Bits = 24;

// The address as 4 or 16 bytes; empty for anything else.
std::string BytesOf(std::string_view address) {
  const std::string text(address);
  std::array<char, 16> bytes{};
  if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return std::string(bytes.data(), 4);
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return "";
  constexpr std::string_view kMapped("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);
  const std::string_view whole(bytes.data(), bytes.size());
  return std::string(whole.starts_with(kMapped) ? whole.substr(kMapped.size()) : whole);
}

std::string Prefix(std::string_view address, int ipv6_bits) {
  std::string bytes = BytesOf(address);
  if (bytes.empty()) return "";
  const bool ipv4 = bytes.size() == 4;
  const int bits = ipv4 ? kIpv4Bits : ipv6_bits;
  std::fill(bytes.begin() + bits / 8, bytes.end(), '\0');
  char text[INET6_ADDRSTRLEN];
  inet_ntop(ipv4 ? AF_INET : AF_INET6, bytes.data(), text, sizeof text);
  return absl::StrCat(text, "/", bits);
}

}  // namespace

std::string ShownPlace(std::string_view address) { return Prefix(address, 48); }
std::string ThrottledPlace(std::string_view address) { return Prefix(address, 56); }

}  // namespace guildhall::identity
