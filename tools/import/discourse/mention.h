#pragma once

#include <cstddef>
#include <string_view>

namespace guildhall::discourse {

// Whom the "@" at `at` mentions in a line of words, as Discourse takes it: up to 60 letters,
// digits,
// "_", "-" and ".", of which the first is no "-" or "." and the last a letter or digit, behind
// anything but a letter or digit. Empty: nobody. Whether somebody is called so is not asked.
//
// Cost: for all of a line linear.
std::string_view MentionAt(std::string_view line, std::size_t at);

}  // namespace guildhall::discourse
