#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tools/import/archive/lost.h"

namespace guildhall::html {

// Turns HTML into Markdown that reads the same once the services have rendered it: that of Zulip's
// renderer, and what the other adapters make of their messages.
//
// Paragraphs, headings, lists, quotes, tables, code with its language, emphasis, links; mentions as
// bold words (those of class "mention" as words alone), emoji as themselves (an organization's own
// as `:name:`), formulas as TeX in `` $`…`$ `` or a math block, times and spoilers as their words,
// a spoiler's content as a quote; previews of links are left out. Relative links lead to `site`, or
// become their words.
class HtmlToMarkdown {
 public:
  // `site`: "https://chat.example", or empty.
  explicit HtmlToMarkdown(std::string site);
  HtmlToMarkdown(HtmlToMarkdown&&) noexcept;
  HtmlToMarkdown& operator=(HtmlToMarkdown&&) noexcept;
  ~HtmlToMarkdown();

  // Never empty (a text without words becomes a sentence that says so); elements nested 250 deep
  // end it. `html` is UTF-8; whatever it holds, this returns. Cost: about 100 ns per byte.
  std::string Convert(std::string_view html);

  // What of the message converted last, or of all since this was asked last, is not as it was, a
  // line each (archive/lost.h): mentions and addresses that became words, pictures that stay where
  // they are.
  std::vector<std::string> TakeLost() { return lost_.Take(); }

 private:
  struct Parser;

  std::string site_;
  importing::Lost lost_;
  std::unique_ptr<Parser> parser_;
};

}  // namespace guildhall::html
