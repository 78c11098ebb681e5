#pragma once

#include <cstddef>
#include <string_view>

namespace guildhall::importing {

// The longest name between colons that is looked up; an organization's own may be longer.
inline constexpr std::size_t kMaxEmojiName = 64;

// The emoji that chats and forums call so ("tada"): those that people use most. Empty for all
// others.
std::string_view EmojiNamed(std::string_view name);

}  // namespace guildhall::importing
