#pragma once

#include <string>
#include <string_view>

namespace guildhall::zulip {

// Where imported ids say they come from.
inline constexpr std::string_view kSource = "zulip";

// `text` cut to `max_length` characters (code points), without control characters and white space
// at its ends; "Unnamed" when nothing is left.
std::string FittingName(std::string_view text, int max_length);

}  // namespace guildhall::zulip
