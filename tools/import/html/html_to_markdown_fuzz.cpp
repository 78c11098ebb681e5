#include "tools/import/html/html_to_markdown.h"

#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/check.h"
#include "libs/base/refusal.h"
#include "libs/base/text.h"
#include "libs/testing/fuzz/target.h"
#include "services/discussions/domain/topic.h"
#include "tools/import/text_limit.h"

// The HTML of a message, as it stands in an archive.
void guildhall::testing::TakeInput(std::string_view input) {
  if (!IsStorableUtf8(input)) return;
  html::HtmlToMarkdown convert("https://chat.example");
  std::string markdown = convert.Convert(input);
  GUILDHALL_CHECK(!markdown.empty() && IsStorableUtf8(markdown));
  importing::CutToLimit(markdown);
  // Discussions takes it, but for what would take its renderer long.
  const absl::Status taken = discussions::RenderNew("markdown", markdown).status();
  GUILDHALL_CHECK(taken.ok() || Is(taken, discussions::reasons::kRenderedTooLarge));
}
