#include "tools/generators/html.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/base/strings.h"

namespace guildhall::generators {
namespace {

constexpr char kHead[] = R"(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 56rem; margin: 2rem auto; padding: 0 1rem; }
  h2 { margin-top: 3rem; border-bottom: 1px solid #ccc; }
  h3 { margin-top: 2rem; }
  table { border-collapse: collapse; }
  td, th { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; }
  td p { margin: 0; }
  nav li { display: inline-block; margin-right: 1rem; }
  .path { background: #f4f4f4; padding: .3rem .6rem; overflow-wrap: anywhere; }
</style>
)";

// What stands in a line of its own in a contract.
bool BeginsParagraph(absl::string_view line) {
  return absl::StartsWith(line, "* ") || absl::StartsWith(line, "Cost:") ||
         absl::StartsWith(line, "Fails with:");
}

bool IsOfWord(char c) { return absl::ascii_isupper(c) || absl::ascii_isdigit(c) || c == '_'; }

// Links what is outside of `code`, which comes in odd places after a split at the backticks.
std::string Linked(std::string_view text, const std::map<std::string, std::string>& anchors) {
  std::string out;
  while (!text.empty()) {
    const auto end = std::find_if_not(text.begin(), text.end(), IsOfWord);
    const std::string word(text.begin(), end);
    if (const auto anchor = anchors.find(word); anchor != anchors.end()) {
      absl::StrAppend(&out, "<a href=\"#", Escape(anchor->second), "\"><code>", word,
                      "</code></a>");
    } else {
      out += Escape(word);
    }
    text.remove_prefix(word.size());
    const auto next = std::find_if(text.begin(), text.end(), IsOfWord);
    out += Escape(text.substr(0, next - text.begin()));
    text.remove_prefix(next - text.begin());
  }
  return out;
}

std::string Inline(std::string_view text, const std::map<std::string, std::string>& anchors) {
  std::string out;
  bool code = false;
  for (const auto piece : absl::StrSplit(Absl(text), '`')) {
    if (code) {
      absl::StrAppend(&out, "<code>", Escape(Std(piece)), "</code>");
    } else {
      out += Linked(Std(piece), anchors);
    }
    code = !code;
  }
  return out;
}

}  // namespace

std::string Escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string Paragraphs(std::string_view comment,
                       const std::map<std::string, std::string>& anchors) {
  std::string out, paragraph;
  const auto finish = [&] {
    if (!paragraph.empty()) absl::StrAppend(&out, "<p>", Inline(paragraph, anchors), "</p>\n");
    paragraph.clear();
  };
  for (const auto line : absl::StrSplit(Absl(comment), '\n')) {
    const absl::string_view words = absl::StripAsciiWhitespace(line);
    if (words.empty() || BeginsParagraph(words)) finish();
    absl::StrAppend(&paragraph, paragraph.empty() ? "" : " ", words);
  }
  finish();
  return out;
}

std::string Page(std::string_view title, std::string_view body) {
  const std::string name = Escape(title);
  return absl::StrCat(kHead, "<title>", name, "</title>\n<h1>", name, "</h1>\n", Absl(body));
}

}  // namespace guildhall::generators
