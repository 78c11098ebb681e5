#pragma once

#include <string_view>

#include "absl/strings/string_view.h"

namespace guildhall {

// Debian's Abseil has a string_view of its own that does not convert to and from the standard one.
// Guildhall's interfaces take std::string_view; these two cross the border without a copy.
inline absl::string_view Absl(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view Std(absl::string_view text) { return {text.data(), text.size()}; }

}  // namespace guildhall
