#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace guildhall::discourse {

// Where a link or picture of Markdown leads: `(https://x.y "title")`.
struct LinkTarget {
  std::string_view address;  // as it is written; empty: nowhere
  std::size_t length = 0;    // in bytes, both parentheses included
};

// The one that `text` begins with, of which neither address nor title is longer than 2,000 bytes;
// of a longer address these, and the length of them. Cost: linear in what it looks at, 4,000 bytes
// at most.
std::optional<LinkTarget> LinkTargetAt(std::string_view text);

// The address that a line defines for links by reference: `[1]: https://x.y "title"`. Empty: none.
std::string_view DefinedAddress(std::string_view line);

// How long the bare address is that `text` begins with: "https://…", "http://…", "www.…"; 0: none.
std::size_t LengthOfBareAddress(std::string_view text);

}  // namespace guildhall::discourse
