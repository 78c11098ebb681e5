#include "tools/import/archive/html_text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace guildhall::importing {
namespace {

using Escape = std::pair<std::string_view, char>;
constexpr std::array<Escape, 4> kEscapes = {
    {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}}};

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n'; }

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string html;
  for (const char c : text) {
    const auto escape = std::find_if(kEscapes.begin(), kEscapes.end(),
                                     [c](const Escape& escape) { return escape.second == c; });
    if (escape == kEscapes.end()) {
      html += c;
    } else {
      html += escape->first;
    }
  }
  return html;
}

std::string WordsOfHtml(std::string_view html) {
  std::string words;
  while (!html.empty()) {
    const auto escape = std::find_if(kEscapes.begin(), kEscapes.end(),
                                     [&](const Escape& e) { return html.starts_with(e.first); });
    const std::size_t tag = html[0] == '<' ? html.find('>') : std::string_view::npos;
    const bool is_edge = html.starts_with("<p") || html.starts_with("<br") || IsSpace(html[0]);
    if (is_edge && !words.empty() && words.back() != ' ') words += ' ';
    if (escape != kEscapes.end()) {
      words += escape->second;
      html.remove_prefix(escape->first.size());
    } else if (tag != std::string_view::npos) {
      html.remove_prefix(tag + 1);
    } else {
      if (!IsSpace(html[0])) words += html[0];
      html.remove_prefix(1);
    }
  }
  while (words.ends_with(' ')) words.pop_back();
  return words;
}

}  // namespace guildhall::importing
