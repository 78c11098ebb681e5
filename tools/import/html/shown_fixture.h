#pragma once

#include <string>

#include "services/discussions/domain/markdown.h"
#include "services/discussions/domain/topic.h"
#include "tools/import/html/html_words_fixture.h"

namespace guildhall::html {

// What a reader of the imported post sees.
inline std::string RenderedWords(const std::string& markdown) {
  const auto html = discussions::MarkdownToHtml(markdown);
  return html.ok() ? WithSingleSpaces(discussions::HtmlToText(*html)) : "refused";
}

// Whether discussions takes it for a post, as it does not what shows nothing.
inline bool IsTaken(const std::string& markdown) {
  return discussions::RenderNew("markdown", markdown).ok();
}

}  // namespace guildhall::html
