#include "libs/base/characters.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <string>

namespace guildhall::internal {
namespace {

constexpr char32_t kZwnj = 0x200C, kZwj = 0x200D, kTextStyle = 0xFE0E, kEmojiStyle = 0xFE0F;
constexpr char32_t kKeycap = 0x20E3, kBlackFlag = 0x1F3F4, kFirstTag = 0xE0020, kLastTag = 0xE007F;
constexpr std::uint8_t kVirama = 9;  // its canonical combining class

bool Has(char32_t c, UProperty property) {
  return u_hasBinaryProperty(static_cast<UChar32>(c), property);
}
int JoiningType(char32_t c) {
  return u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_JOINING_TYPE);
}
bool IsIn(char32_t c, char32_t first, char32_t last) { return first <= c && c <= last; }

bool FollowsVirama(std::u32string_view text, std::size_t at) {
  return at > 0 && u_getCombiningClass(static_cast<UChar32>(text[at - 1])) == kVirama;
}

// Whether the letter before joins to what follows, marks apart.
bool JoinsOnTheLeft(std::u32string_view text, std::size_t at) {
  while (at > 0 && JoiningType(text[at - 1]) == U_JT_TRANSPARENT) --at;
  if (at == 0) return false;
  const int type = JoiningType(text[at - 1]);
  return type == U_JT_DUAL_JOINING || type == U_JT_LEFT_JOINING;
}

// Whether the letter after joins to what stands before, marks apart.
bool JoinsOnTheRight(std::u32string_view text, std::size_t at) {
  std::size_t next = at + 1;
  while (next < text.size() && JoiningType(text[next]) == U_JT_TRANSPARENT) ++next;
  if (next == text.size()) return false;
  const int type = JoiningType(text[next]);
  return type == U_JT_DUAL_JOINING || type == U_JT_RIGHT_JOINING;
}

bool JoinsEmoji(std::u32string_view text, std::size_t at) {
  std::size_t before = at;
  while (before > 0 &&
         (text[before - 1] == kEmojiStyle || Has(text[before - 1], UCHAR_EMOJI_MODIFIER))) {
    --before;
  }
  return before > 0 && Has(text[before - 1], UCHAR_EXTENDED_PICTOGRAPHIC) && at + 1 < text.size() &&
         Has(text[at + 1], UCHAR_EXTENDED_PICTOGRAPHIC);
}

bool StylesEmoji(std::u32string_view text, std::size_t at) {
  if (at == 0 || !Has(text[at - 1], UCHAR_EMOJI)) return false;
  // Digits have a style of their own in keycaps only.
  return text[at - 1] >= 0x80 || (at + 1 < text.size() && text[at + 1] == kKeycap);
}

bool SelectsVariant(std::u32string_view text, std::size_t at) {
  if (at == 0) return false;
  const char32_t c = text[at], base = text[at - 1];
  if (IsIn(c, 0xFE00, 0xFE02) || IsIn(c, 0xE0100, 0xE01EF)) return Has(base, UCHAR_IDEOGRAPHIC);
  if (!IsIn(c, 0x180B, 0x180D) && c != 0x180F) return false;
  return uscript_hasScript(static_cast<UChar32>(base), USCRIPT_MONGOLIAN);
}

bool TagsFlag(std::u32string_view text, std::size_t at) {
  const auto is_tag = [](char32_t c) { return IsIn(c, kFirstTag, kLastTag); };
  if (!is_tag(text[at])) return false;
  std::size_t first = at;
  while (first > 0 && is_tag(text[first - 1]) && at - first < 6) --first;
  if (first == 0 || text[first - 1] != kBlackFlag) return false;
  const std::size_t end = std::min(text.size(), first + 6);
  std::string region;
  for (std::size_t i = first; i < end && is_tag(text[i]); ++i) {
    region += static_cast<char>(text[i] - kFirstTag + ' ');
  }
  return region == "gbeng\x7F" || region == "gbsct\x7F" || region == "gbwls\x7F";
}

// Whether something that shows nothing changes what is seen where it stands.
bool IsNeeded(std::u32string_view text, std::size_t at) {
  switch (text[at]) {
    case kZwnj:
      return FollowsVirama(text, at) || (JoinsOnTheLeft(text, at) && JoinsOnTheRight(text, at));
    case kZwj:
      return FollowsVirama(text, at) || JoinsEmoji(text, at) ||
             (JoinsOnTheLeft(text, at) && !JoinsOnTheRight(text, at));
    case kTextStyle:
    case kEmojiStyle:
      return StylesEmoji(text, at);
    default:
      return SelectsVariant(text, at) || TagsFlag(text, at);
  }
}

}  // namespace

bool MayStand(std::u32string_view text, std::size_t at) {
  const char32_t c = text[at];
  if (Has(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return IsNeeded(text, at);
  switch (u_charType(static_cast<UChar32>(c))) {
    case U_CONTROL_CHAR:
      return c == '\n' || c == '\t';
    case U_UNASSIGNED:
    case U_PRIVATE_USE_CHAR:
    case U_SURROGATE:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
      return false;
    default:
      return !IsIn(c, 0xFFF9, 0xFFFB);
  }
}

bool IsSpace(char32_t c) { return u_charType(static_cast<UChar32>(c)) == U_SPACE_SEPARATOR; }

bool IsWhite(char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)); }

bool IsSeen(char32_t c) {
  constexpr char32_t kBlankOfBraille = 0x2800;
  return !IsMark(c) && !IsWhite(c) && c != kBlankOfBraille &&
         !Has(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

bool IsMark(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0; }

}  // namespace guildhall::internal
