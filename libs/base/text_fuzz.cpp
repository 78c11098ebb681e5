#include "libs/base/text.h"

#include "libs/base/base64url.h"
#include "libs/base/check.h"
#include "libs/base/uuid.h"
#include "libs/testing/fuzz/target.h"

namespace guildhall {
namespace {

// Tidy text stays as it is, and keeps its rule.
void TakeText(std::string_view text, const TextRule& rule) {
  const auto tidy = TidyText("field", text, rule);
  if (!tidy.ok()) return;
  GUILDHALL_CHECK(IsStorableUtf8(*tidy));
  const int length = CodePointCount(*tidy);
  GUILDHALL_CHECK(length >= rule.min_length && length <= rule.max_length);
  if (rule.min_length > 0) GUILDHALL_CHECK(!IsBlank(*tidy));
  if (rule.shape == TextRule::kOneLine) GUILDHALL_CHECK(tidy->find('\n') == std::string::npos);
  const auto again = TidyText("field", *tidy, rule);
  GUILDHALL_CHECK(again.ok() && *again == *tidy);
}

}  // namespace
}  // namespace guildhall

void guildhall::testing::TakeInput(std::string_view input) {
  TakeText(input, {.min_length = 1, .max_length = 100});
  TakeText(input, {.max_length = 100'000, .shape = TextRule::kLines});
  if (IsStorableUtf8(input)) {
    const std::string_view cut = CutText(input, 40);
    GUILDHALL_CHECK(input.starts_with(cut) && IsStorableUtf8(cut) && CodePointCount(cut) <= 40);
  }
  if (const auto bytes = Base64UrlDecode(input)) GUILDHALL_CHECK(Base64UrlEncode(*bytes) == input);
  GUILDHALL_CHECK(Base64UrlDecode(Base64UrlEncode(input)) == input);
  if (const auto id = Uuid::Parse(input)) GUILDHALL_CHECK(id->ToString() == input);
}
