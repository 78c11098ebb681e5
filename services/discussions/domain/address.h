#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// Where the links of a post may lead.

namespace guildhall::discussions {

// The longest address that becomes a link. People share code that pages carry in their address, of
// up to 13 KB in the conversations looked at; browsers take more.
inline constexpr std::size_t kMaxAddressBytes = 16 << 10;

// The address as it may stand in an href, percent-encoded; nothing unless it begins, in any case,
// with https://, http:// or mailto: and goes on. No white space is skipped and nothing is decoded:
// what browsers would tolerate ("java\tscript:", " http://") is not an address here.
std::optional<std::string> AllowedAddress(std::string_view address);

// What of the house a link leads to: topics/{id}, topics/{id}/posts/{id or number} or
// communities/{id}, in the one spelling of these names; nothing for anything else. Whether it is
// there, and to be seen by who reads, shows when a client looks it up.
std::optional<std::string> LinkedResource(std::string_view destination);

// An address that somebody wrote without marks.
struct BareAddress {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string address;  // with the scheme that "www." and e-mail addresses lack
};

// The first bare address in `text` at or after `from`: http://, https://, www. or an e-mail
// address, after anything but a letter, a digit or a character of an address. Punctuation at the
// end and unbalanced closing brackets are left out, as in GitHub's dialect.
//
// Cost: linear in the text read, so finding all of them in a text is linear in the text.
std::optional<BareAddress> FindBareAddress(std::string_view text, std::size_t from);

}  // namespace guildhall::discussions
