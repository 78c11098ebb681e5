#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

// Markdown as members write it, turned into what browsers show and what search reads.

namespace guildhall::discussions {

// Renders CommonMark with tables, strike-through and bare addresses to HTML that may be shown as it
// is: elements and attributes come from the closed list in README.md, every tag is closed, and a
// browser that parses and writes it again gets the same bytes. Raw HTML becomes text, an image a
// link to it, a link that mentions somebody (mention.h) a mark of that, a link that leads anywhere
// else than http, https or mailto its text.
//
// `markdown` is storable UTF-8 (libs/base/text.h). Pure: the same text gives the same HTML.
// Cost: linear in the input, about 10 ns per byte.
// Fails with: RENDERED_TOO_LARGE (also for input over kMaxMarkdown, or built to cost the parser
// more than linear time: thousands of brackets in one paragraph of thousands of lines).
absl::StatusOr<std::string> MarkdownToHtml(std::string_view markdown);

// The words of a post, for search, excerpts and notifications: what a reader sees, without marks
// and addresses behind links; blocks end with a line break, cells with a tab.
//
// `html` is what MarkdownToHtml wrote, nothing else. Cost: linear.
std::string HtmlToText(std::string_view html);

}  // namespace guildhall::discussions
