#pragma once

#include <string>
#include <string_view>

namespace guildhall::importing {

// A name or title of a source as Guildhall keeps it: one line of 1 to `max_length` characters in
// the form of TidyText (libs/base/text.h), without what that refuses; "Unnamed" where nothing is
// left. So a service stores it as it is sent.
std::string Fitting(std::string_view text, int max_length);

// The same for several lines, which may be empty.
std::string FittingLines(std::string_view text, int max_length);

}  // namespace guildhall::importing
