#include "tools/import/html/address.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/match.h"
#include "libs/base/strings.h"

namespace guildhall::html {

bool IsLinkable(std::string_view address) {
  constexpr std::string_view kSchemes[] = {"https://", "http://", "mailto:"};
  return std::any_of(std::begin(kSchemes), std::end(kSchemes), [&](std::string_view scheme) {
    return address.size() > scheme.size() &&
           absl::StartsWithIgnoreCase(Absl(address), Absl(scheme));
  });
}

std::string Destination(std::string_view address) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : address) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7F ||
        std::string_view("()<>\\`|*\"").find(c) != std::string_view::npos) {
      encoded += {'%', kHex[byte >> 4], kHex[byte & 15]};
    } else {
      encoded += c;
    }
  }
  return encoded;
}

}  // namespace guildhall::html
