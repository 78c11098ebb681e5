#pragma once

#include <string>
#include <string_view>

namespace guildhall::mbox {

// Whether lines that end in a space go on in the next (RFC 3676).
enum class LineEnds { kFixed, kFlowed };

// A text/plain part as HTML: paragraphs with their line breaks, quotes by their depth, addresses as
// links, what is laid out by spaces and patches as they are. UTF-8 in, UTF-8 out; linear.
std::string HtmlOfPlainText(std::string_view text, LineEnds ends);

// A text/html part without what is no text: head, styles, scripts, comments.
std::string BodyOfHtml(std::string_view html);

}  // namespace guildhall::mbox
