#include "services/discussions/domain/quote.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/check.h"
#include "libs/base/refusal.h"
#include "libs/base/text.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/domain/markdown.h"

namespace guildhall::discussions {
namespace {

std::string ComposedOf(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  std::string composed;
  icu::StringByteSink<std::string> sink(&composed);
  icu::Normalizer2::getNFCInstance(error)->normalizeUTF8(
      0, {text.data(), static_cast<std::int32_t>(text.size())}, sink, nullptr, error);
  GUILDHALL_CHECK(U_SUCCESS(error));
  return composed;
}

std::string FoldedOf(std::string_view text) {
  const std::string composed = ComposedOf(text);
  std::string folded;
  bool after_blank = false;
  for (std::int32_t i = 0, size = static_cast<std::int32_t>(composed.size()); i < size;) {
    const std::int32_t begin = i;
    UChar32 c;
    U8_NEXT(composed.data(), i, size, c);
    if (u_isUWhiteSpace(c)) {
      after_blank = !folded.empty();
      continue;
    }
    if (after_blank) folded += ' ';
    after_blank = false;
    folded.append(composed, begin, i - begin);
  }
  return folded;
}

}  // namespace

absl::StatusOr<std::string> PassageFrom(std::string_view field, std::string_view text) {
  // Nothing longer can be said in a post, and nobody makes us fold a megabyte.
  if (text.size() > Count(kMaxMarkdown) || !IsStorableUtf8(text)) {
    return WrongField(field, "is too long or no UTF-8");
  }
  std::string passage = FoldedOf(text);
  if (passage.empty() || CodePointCount(passage) > kMaxQuoteLength) {
    return WrongField(field, absl::StrCat("has 1 to ", kMaxQuoteLength, " characters"));
  }
  return passage;
}

std::string SaidIn(std::string_view html) { return FoldedOf(HtmlToText(html)); }

absl::Status CheckSaid(std::string_view field, std::string_view passage, std::string_view said) {
  if (said.find(passage) != std::string_view::npos) return absl::OkStatus();
  return Refusal(reasons::kQuoteNotSaid, "The post does not say what is quoted.")
      .Field(std::string(field), "repeats what the post says");
}

}  // namespace guildhall::discussions
