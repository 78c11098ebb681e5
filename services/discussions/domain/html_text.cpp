#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "services/discussions/domain/markdown.h"

namespace guildhall::discussions {
namespace {

// All references that AppendHtmlText writes.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kReferences = {{
    {"&amp;", "&"},
    {"&lt;", "<"},
    {"&gt;", ">"},
    {"&nbsp;", " "},
}};

std::size_t AppendReferenceAt(std::string_view rest, std::string& text) {
  for (const auto& [reference, meaning] : kReferences) {
    if (rest.starts_with(reference)) {
      text += meaning;
      return reference.size();
    }
  }
  text += rest.front();
  return 1;
}

// Line breaks separate, they do not structure: one is as good as several.
void AppendBreak(std::string& text) {
  while (!text.empty() && text.back() == '\t') text.pop_back();
  if (!text.empty() && text.back() != '\n') text += '\n';
}

}  // namespace

std::string HtmlToText(std::string_view html) {
  std::string text;
  text.reserve(html.size());
  while (!html.empty()) {
    std::size_t taken = 1;
    if (html.front() == '<') {
      taken = html.find('>') + 1;
      // The line break after a cell is the table's, not the reader's.
      if (html.starts_with("</td>") || html.starts_with("</th>")) {
        text += '\t';
        ++taken;
      }
    } else if (html.front() == '\n') {
      AppendBreak(text);
    } else if (html.front() == '&') {
      taken = AppendReferenceAt(html, text);
    } else {
      const std::size_t run = std::min(html.find_first_of("<&\n"), html.size());
      text += html.substr(0, run);
      taken = run;
    }
    html.remove_prefix(taken);
  }
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

}  // namespace guildhall::discussions
