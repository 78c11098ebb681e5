#pragma once

#include <string_view>

#include "absl/status/status.h"

namespace guildhall {

// Whether `text` is well-formed UTF-8 without surrogates, overlong forms or NUL (RFC 3629; NUL
// because PostgreSQL's text cannot hold it).
bool IsStorableUtf8(std::string_view text);

// How many Unicode code points `text` has. The text is well-formed.
int CodePointCount(std::string_view text);

// What a field of text may hold. Lengths are in code points, so that a limit is the same for every
// script.
struct TextRule {
  int min_length = 0;
  int max_length = 0;
  // One line: no line breaks. Other control characters are never taken; tabs only in several lines.
  enum Shape { kOneLine, kLines } shape = kOneLine;
};

// OK, or a refusal of `field` (path in the request) that says what is expected.
// Fails with: FIELD_INVALID.
absl::Status CheckText(std::string_view field, std::string_view text, const TextRule& rule);

}  // namespace guildhall
