#include "libs/base/text.h"

#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "libs/base/characters.h"
#include "libs/base/check.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"

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

std::u32string Decoded(std::string_view text) {
  std::u32string points;
  while (!text.empty()) points += static_cast<char32_t>(TakeCodePoint(text));
  return points;
}

std::string Encoded(std::u32string_view points) {
  std::string text;
  icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(points.data()),
                                static_cast<int32_t>(points.size()))
      .toUTF8String(text);
  return text;
}

bool HasTooManyMarks(std::u32string_view points) {
  constexpr int kMostMarks = 30;
  int run = 0;
  for (const char32_t c : points) {
    run = internal::IsMark(c) ? run + 1 : 0;
    if (run > kMostMarks) return true;
  }
  return false;
}

std::u32string Normalized(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  std::string normalized;
  icu::StringByteSink<std::string> sink(&normalized);
  nfc->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink,
                     nullptr, error);
  GUILDHALL_CHECK(U_SUCCESS(error));
  return Decoded(normalized);
}

std::u32string_view Trimmed(std::u32string_view points) {
  while (!points.empty() && internal::IsWhite(points.front())) points.remove_prefix(1);
  while (!points.empty() && internal::IsWhite(points.back())) points.remove_suffix(1);
  return points;
}

std::u32string WithSingleSpaces(std::u32string_view points) {
  std::u32string line;
  for (const char32_t c : points) {
    if (!internal::IsSpace(c)) {
      line += c;
    } else if (line.empty() || line.back() != ' ') {
      line += ' ';
    }
  }
  return line;
}

absl::Status WrongLength(std::string_view field, int length, const TextRule& rule) {
  return WrongField(field, absl::StrCat("has ", length, " characters; takes ", rule.min_length,
                                        " to ", rule.max_length));
}

absl::Status CheckCharacters(std::string_view field, std::u32string_view points,
                             const TextRule& rule) {
  const bool one_line = rule.shape == TextRule::kOneLine;
  for (std::size_t at = 0; at < points.size(); ++at) {
    const bool breaks = points[at] == '\n' || points[at] == '\t';
    if (internal::MayStand(points, at) && !(one_line && breaks)) continue;
    return WrongField(
        field, absl::StrCat(one_line ? "is one line" : "is text",
                            " without control, invisible, private or unassigned "
                            "characters; has U+",
                            absl::Hex(static_cast<std::uint32_t>(points[at]), absl::kZeroPad4)));
  }
  return absl::OkStatus();
}

}  // namespace

bool IsStorableUtf8(std::string_view text) {
  while (!text.empty()) {
    if (TakeCodePoint(text) <= 0) return false;
  }
  return true;
}

bool IsBlank(std::string_view text) {
  while (!text.empty()) {
    if (internal::IsSeen(static_cast<char32_t>(TakeCodePoint(text)))) return false;
  }
  return true;
}

int CodePointCount(std::string_view text) {
  int count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

absl::StatusOr<std::string> TidyText(std::string_view field, std::string_view text,
                                     const TextRule& rule) {
  // No character of Unicode decomposes into more than 4, so a longer text cannot get short enough;
  // what is left bounds the work of normalizing it.
  constexpr int kMostPartsOfOne = 4;
  if (!IsStorableUtf8(text)) return WrongField(field, "is not UTF-8 or contains NUL");
  const int raw_length = CodePointCount(text);
  if (raw_length > kMostPartsOfOne * rule.max_length) return WrongLength(field, raw_length, rule);
  if (HasTooManyMarks(Decoded(text))) {
    return WrongField(field, "has more than 30 marks on one letter");
  }
  const std::u32string normalized = Normalized(text);
  std::u32string points(Trimmed(normalized));
  if (rule.shape == TextRule::kOneLine) points = WithSingleSpaces(points);
  const int length = static_cast<int>(points.size());
  if (length < rule.min_length || length > rule.max_length) {
    return WrongLength(field, length, rule);
  }
  GUILDHALL_TRY(CheckCharacters(field, points, rule));
  if (rule.min_length > 0 && std::none_of(points.begin(), points.end(), internal::IsSeen)) {
    return WrongField(field, "is blank");
  }
  return Encoded(points);
}

std::string_view CutText(std::string_view text, int max_length) {
  if (CodePointCount(text) <= max_length) return text;
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> graphemes(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), error));
  UText* source = utext_openUTF8(nullptr, text.data(), static_cast<int64_t>(text.size()), &error);
  GUILDHALL_CHECK(U_SUCCESS(error));
  graphemes->setText(source, error);
  std::size_t end = 0;
  for (int next = graphemes->next(); next != icu::BreakIterator::DONE; next = graphemes->next()) {
    if (CodePointCount(text.substr(0, next)) > max_length) break;
    end = next;
  }
  utext_close(source);
  return text.substr(0, end);
}

}  // namespace guildhall
