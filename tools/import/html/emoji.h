#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace guildhall::html {

// The emoji that an element's classes name: "emoji emoji-1f1eb-1f1ee" is a flag of two code points.
// Nothing when they name none.
std::optional<std::string> EmojiOf(std::string_view classes);

}  // namespace guildhall::html
