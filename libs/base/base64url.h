#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace guildhall {

// base64url without padding (RFC 4648 section 5), the form of every opaque token that leaves
// Guildhall.
std::string Base64UrlEncode(std::string_view bytes);

// The inverse; nothing for padding, white space, the other alphabet or non-zero trailing bits, so
// that one value has one spelling.
std::optional<std::string> Base64UrlDecode(std::string_view text);

}  // namespace guildhall
