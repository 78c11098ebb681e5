#pragma once

#include <libxml/HTMLparser.h>

#include <set>
#include <string>
#include <string_view>

#include "tools/import/archive/emoji_names.h"
#include "tools/import/html/element.h"
#include "tools/import/html/emoji.h"
#include "tools/import/html/shown_fixture.h"

namespace guildhall::html {

// The words that a reader of the HTML sees, found without the converter: what its results are
// compared with.

class HtmlWords {
 public:
  std::string Take() { return WithSingleSpaces(words_); }

  void Walk(const xmlNode* node) {
    const std::string_view name = Name(node);
    if (IsText(node)) words_ += Characters(node);
    if (name.empty()) return;
    if (HasClass(node, "katex")) {
      words_ += WithSingleSpaces(TextOf(
          FindElement(node, [](const xmlNode* child) { return Name(child) == "annotation"; })));
    } else if (name == "img") {
      const std::string words = Attribute(node, "alt");
      const bool named = HasClass(node, "emoji") && words.size() > 2 && words.starts_with(':') &&
                         words.ends_with(':');
      const std::string_view emoji =
          importing::EmojiNamed(named ? words.substr(1, words.size() - 2) : "");
      words_ += emoji.empty() ? words : std::string(emoji);
    } else if (HasClass(node, "emoji")) {
      words_ += EmojiOf(Attribute(node, "class")).value_or(TextOf(node));
    } else if (HasClass(node, "message_inline_image") || HasClass(node, "inline-preview-twitter")) {
      WalkPreview(node);
    } else {
      if (name == "a") linked_.insert(Attribute(node, "href"));
      WalkChildren(node);
    }
  }

 private:
  void WalkPreview(const xmlNode* node) {
    const std::string address = Attribute(
        FindElement(node, [](const xmlNode* child) { return Name(child) == "a"; }), "href");
    if (linked_.count(address) == 0) words_ += " " + address + " ";
  }

  void WalkChildren(const xmlNode* node) {
    static const std::set<std::string_view> kSeparate = {
        "p",  "div", "pre", "ul", "ol", "li",    "blockquote", "hr", "br", "h1",
        "h2", "h3",  "h4",  "h5", "h6", "table", "tr",         "td", "th"};
    const bool separate = kSeparate.count(Name(node)) > 0;
    if (separate) words_ += ' ';
    for (const xmlNode* child = node->children; child != nullptr; child = child->next) Walk(child);
    if (separate) words_ += ' ';
  }

  std::string words_;
  std::set<std::string> linked_;
};

inline std::string WordsOf(std::string_view html) {
  xmlDoc* const document =
      htmlReadMemory(html.data(), static_cast<int>(html.size()), nullptr, "UTF-8",
                     HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
  HtmlWords words;
  if (document != nullptr) words.Walk(xmlDocGetRootElement(document));
  xmlFreeDoc(document);
  return words.Take();
}

}  // namespace guildhall::html
