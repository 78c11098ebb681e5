#pragma once

#include <string>
#include <string_view>

#include "services/discussions/domain/markdown.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::html {

// Without spaces at the ends, and one for each run of white space.
inline std::string WithSingleSpaces(std::string_view text) {
  std::string words;
  bool space = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool no_break = text.substr(i).starts_with("\u00A0");
    i += no_break;
    if (no_break || static_cast<unsigned char>(text[i]) <= ' ') {
      space = !words.empty();
      continue;
    }
    if (space) words += ' ';
    space = false;
    words += text[i];
  }
  return words;
}

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
