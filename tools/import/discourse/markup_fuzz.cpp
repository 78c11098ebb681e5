#include "tools/import/discourse/markup.h"

#include "libs/base/check.h"
#include "libs/base/text.h"
#include "libs/testing/fuzz/target.h"

// Losses are lines; no text grows by more than its quotes' marks and what stands for a tag.
void guildhall::testing::TakeInput(std::string_view input) {
  const discourse::Markup markup = discourse::FromDiscourse(input);
  for (const std::string& lost : markup.lost) {
    GUILDHALL_CHECK(!lost.empty() && lost.find('\n') == std::string::npos);
  }
  GUILDHALL_CHECK(markup.markdown.size() <= 32 * (input.size() + 1));
  if (!IsStorableUtf8(input)) return;
  GUILDHALL_CHECK(IsStorableUtf8(markup.markdown));
  for (const std::string& lost : markup.lost) GUILDHALL_CHECK(IsStorableUtf8(lost));
}
