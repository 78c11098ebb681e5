#include "services/discussions/domain/tag.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/base/check.h"
#include "libs/base/refusal.h"
#include "libs/base/text.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

std::string FoldedOf(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  std::string folded;
  icu::StringByteSink<std::string> sink(&folded);
  icu::Normalizer2::getNFKCCasefoldInstance(error)->normalizeUTF8(
      0, {text.data(), static_cast<int32_t>(text.size())}, sink, nullptr, error);
  GUILDHALL_CHECK(U_SUCCESS(error));
  return folded;
}

bool IsBlank(UChar32 c) { return c == '-' || c == '_' || u_isUWhiteSpace(c); }

bool Begins(UChar32 c) { return (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_N_MASK)) != 0; }

bool GoesOn(UChar32 c) {
  return Begins(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0 || c == '+' || c == '#' || c == '.';
}

}  // namespace

absl::StatusOr<std::string> TagFrom(std::string_view field, std::string_view text) {
  // Longer than any tag before its forms are folded, so that nobody makes us fold a megabyte.
  constexpr std::size_t kMostBytes = 1024;
  if (text.size() > kMostBytes || !IsStorableUtf8(text)) {
    return WrongField(field, "has a tag that is too long or no UTF-8");
  }
  const std::string folded = FoldedOf(text);
  std::string tag;
  bool after_blank = false;
  for (int32_t i = 0, size = static_cast<int32_t>(folded.size()); i < size;) {
    const int32_t begin = i;
    UChar32 c;
    U8_NEXT(folded.data(), i, size, c);
    if (IsBlank(c)) {
      after_blank = !tag.empty();
      continue;
    }
    if (tag.empty() && c == '#') continue;
    if (!(tag.empty() ? Begins(c) : GoesOn(c))) {
      return WrongField(field, "has a tag with something else than letters, digits and - + # .");
    }
    if (after_blank) tag += '-';
    after_blank = false;
    tag.append(folded, begin, i - begin);
  }
  if (tag.empty() || CodePointCount(tag) > kMaxTagLength) {
    return WrongField(field, absl::StrCat("has a tag without 1 to ", kMaxTagLength, " characters"));
  }
  return tag;
}

absl::StatusOr<std::vector<std::string>> TagsOf(std::string_view field,
                                                std::vector<std::string> texts) {
  std::vector<std::string> tags;
  for (const std::string& text : texts) {
    GUILDHALL_ASSIGN(std::string tag, TagFrom(field, text));
    if (std::ranges::find(tags, tag) == tags.end()) tags.push_back(std::move(tag));
    if (tags.size() > kMaxTags) {
      return WrongField(field, absl::StrCat("takes at most ", kMaxTags, " tags"));
    }
  }
  return tags;
}

}  // namespace guildhall::discussions
