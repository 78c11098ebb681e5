#include "tools/import/zulip/html_to_markdown.h"

#include "libs/base/check.h"
#include "libs/base/text.h"
#include "libs/testing/fuzz/target.h"
#include "services/discussions/domain/topic.h"
#include "tools/import/text_limit.h"

// The HTML of a message, as it stands in an archive.
void guildhall::testing::TakeInput(std::string_view input) {
  if (!IsStorableUtf8(input)) return;
  zulip::HtmlToMarkdown convert("https://chat.example");
  std::string markdown = convert.Convert(input);
  GUILDHALL_CHECK(!markdown.empty() && IsStorableUtf8(markdown));
  importing::CutToLimit(markdown);
  // Discussions takes it: one text never stops an import.
  GUILDHALL_CHECK(discussions::RenderNew("markdown", markdown).ok());
}
