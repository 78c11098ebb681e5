#pragma once

#include <ranges>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/base/status_macros.h"

namespace guildhall::discussions {

// What topics are about, in words of their authors.

// A tag in its normal form, in which it is kept, shown and compared: without case and compatibility
// forms (NFKC_Casefold of UTS #46), blanks and underscores as hyphens, of these one at a time and
// none at an end, and no # before it. It begins with a letter or digit of any script and goes on
// with these, their marks, hyphens and + # . (as in c++, c#, node.js): 1 to 40 characters. A tag in
// that form stays as it is. Accents stay: they tell words apart. Fails with: FIELD_INVALID on
// `field`.
absl::StatusOr<std::string> TagFrom(std::string_view field, std::string_view text);

// The tags of a topic: each once, in the order in which they were given first. Fails with:
// FIELD_INVALID on `field` (also: more than kMaxTags).
absl::StatusOr<std::vector<std::string>> TagsOf(std::string_view field,
                                                std::vector<std::string> tags);

// The same of a list of texts.
template <std::ranges::range Texts>
absl::StatusOr<std::vector<std::string>> TagsFrom(std::string_view field, const Texts& texts) {
  return TagsOf(field, std::vector<std::string>(texts.begin(), texts.end()));
}

}  // namespace guildhall::discussions
