#pragma once

#include <cstddef>
#include <string_view>

namespace guildhall::internal {

// What single characters are in text that people read and compare, by the tables of Unicode 15 (ICU
// 72). For text.cpp; the text is in NFC.

// Whether the character at `at` may stand where it stands.
//
// Never: controls but line feed and tab, code points that are unassigned, private or none, line and
// paragraph separators, annotation marks. What shows nothing (Default_Ignorable_Code_Point: bidi
// controls and marks, soft hyphen, word joiner, byte order mark, fillers …) stands only where it
// changes what is seen (the idea of RFC 5892's CONTEXTJ):
// * ZWJ and ZWNJ after a virama; ZWNJ between letters that would join, ZWJ after one that would not
//   (Arabic script); ZWJ between emoji;
// * variation selectors after emoji, ideographs and Mongolian letters; tags in the three flags that
//   Unicode recommends (England, Scotland, Wales).
bool MayStand(std::u32string_view text, std::size_t at);

// A space of any width on one line (Zs).
bool IsSpace(char32_t c);

// What is trimmed at both ends (White_Space).
bool IsWhite(char32_t c);

// Whether the character alone leaves something to see: no mark, no space, no blank of Braille.
bool IsSeen(char32_t c);

// A mark that goes on the letter before it.
bool IsMark(char32_t c);

}  // namespace guildhall::internal
