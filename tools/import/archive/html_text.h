#pragma once

#include <string>
#include <string_view>

// Adapters of what is no HTML make some of it, which one converter turns into Markdown
// (html/html_to_markdown.h): it knows what Markdown would take for a mark.

namespace guildhall::importing {

// `text` as words of HTML.
std::string EscapeHtml(std::string_view text);

// The words of HTML that an adapter made (elements without comments, the escapes of EscapeHtml), in
// one line: what a thread without a title is called by.
std::string WordsOfHtml(std::string_view html);

}  // namespace guildhall::importing
