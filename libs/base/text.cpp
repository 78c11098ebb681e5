#include "libs/base/text.h"

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/strings.h"

namespace guildhall {
namespace {

// Reads one code point at the front of `text` and removes it; -1 when it is malformed.
std::int32_t TakeCodePoint(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const int size = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if ((lead >= 0x80 && lead < 0xC2) || lead > 0xF4) return -1;
  if (text.size() < static_cast<std::size_t>(size)) return -1;
  std::int32_t point = size == 1 ? lead : lead & (0x7F >> size);
  for (int i = 1; i < size; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0) != 0x80) return -1;
    point = (point << 6) | (next & 0x3F);
  }
  constexpr std::int32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (point < kSmallest[size] || point > 0x10FFFF) return -1;
  if (point >= 0xD800 && point <= 0xDFFF) return -1;
  text.remove_prefix(size);
  return point;
}

bool IsControl(std::int32_t point) {
  // C0, DEL and C1; line and paragraph separators break lines too (Unicode 15, chapter 23).
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029;
}

bool MayStand(std::int32_t point, TextRule::Shape shape) {
  return !IsControl(point) || (shape == TextRule::kLines && (point == '\n' || point == '\t'));
}

absl::Status Wrong(std::string_view field, std::string description) {
  return Refusal(policy::reasons::kFieldInvalid, "A field is not as it should be.")
      .Field(std::string(field), std::move(description));
}

}  // namespace

bool IsStorableUtf8(std::string_view text) {
  while (!text.empty()) {
    if (TakeCodePoint(text) <= 0) return false;
  }
  return true;
}

int CodePointCount(std::string_view text) {
  int count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

absl::Status CheckText(std::string_view field, std::string_view text, const TextRule& rule) {
  if (!IsStorableUtf8(text)) return Wrong(field, "is not UTF-8 or contains NUL");
  const int length = CodePointCount(text);
  if (length < rule.min_length || length > rule.max_length) {
    return Wrong(field, absl::StrCat("has ", length, " characters; takes ", rule.min_length, " to ",
                                     rule.max_length));
  }
  for (std::string_view rest = text; !rest.empty();) {
    if (!MayStand(TakeCodePoint(rest), rule.shape)) {
      return Wrong(field, rule.shape == TextRule::kOneLine
                              ? "is one line without control characters"
                              : "holds no control characters");
    }
  }
  if (rule.min_length > 0 && text.find_first_not_of(" \n\t") == std::string_view::npos) {
    return Wrong(field, "is blank");
  }
  return absl::OkStatus();
}

}  // namespace guildhall
