#pragma once

#include <cstddef>
#include <string_view>

namespace guildhall::discourse {

// What is longer is text.
inline constexpr std::size_t kMaxTag = 1000;

// A tag in brackets: [name=value key=value]. Empty names are none.
struct BracketTag {
  bool closes = false;
  std::string_view name;
  std::string_view attributes;  // what is behind the name: `="bruce, post:3"`
  std::size_t length = 0;       // in bytes, brackets included
};

// The tag that `text` begins with.
BracketTag TagAt(std::string_view text);

// The value of `key`, in small letters, among attributes of a tag or an element, without quotes;
// empty if there is none.
std::string_view AttributeOf(std::string_view attributes, std::string_view key);

}  // namespace guildhall::discourse
