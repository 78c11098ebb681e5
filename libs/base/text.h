#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace guildhall {

// Whether `text` is well-formed UTF-8 without surrogates, overlong forms or NUL (RFC 3629; NUL
// because PostgreSQL's text cannot hold it).
bool IsStorableUtf8(std::string_view text);

// Whether `text`, well-formed UTF-8, leaves nothing to see: white space, marks without a letter and
// characters without a width are all that it has.
bool IsBlank(std::string_view text);

// How many Unicode code points `text` has. The text is well-formed.
int CodePointCount(std::string_view text);

// What a field of text may hold. Lengths are in code points, so that a limit is the same for every
// script.
struct TextRule {
  int min_length = 0;
  int max_length = 0;
  // One line: no line breaks and no tabs.
  enum Shape { kOneLine, kLines } shape = kOneLine;
};

// The form in which `text` is kept, shown and compared, for the request's field at path `field`; a
// text in that form stays as it is. So that equal to the eye is mostly equal to the database:
//
// * Unicode Normalization Form C (UAX #15); blanks at both ends are cut off. In one line each run
// of
//   spaces, of any width, becomes one U+0020 (as in RFC 8266's nicknames).
// * Refused: control characters; what is unassigned in Unicode 15, private, or no character; and
//   what shows nothing, unless it changes what is seen where it stands, as joiners do in emoji and
//   in Indic and Persian words. So there are no bidi controls, soft hyphens, zero-width spaces.
// * Refused: more than 30 marks on one letter (UAX #15's stream-safe text).
//
// Lengths are those of the result. Different letters that look alike stay different: whoever may
// not be imitated is told apart by more than a name. Cost: about 10 us for a title.
// Fails with: FIELD_INVALID.
absl::StatusOr<std::string> TidyText(std::string_view field, std::string_view text,
                                     const TextRule& rule);

// The longest beginning of `text` (well-formed UTF-8) that has at most `max_length` code points and
// cuts no character in the reader's sense apart (grapheme clusters of UAX #29).
std::string_view CutText(std::string_view text, int max_length);

}  // namespace guildhall
