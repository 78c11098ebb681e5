#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace guildhall::slack {

// How somebody (`@U1`) or a channel (`#C1`) is called, by the sign and the id; empty: not known.
using NameOf = std::function<std::string(char sign, std::string_view id)>;

// Turns Slack's mrkdwn, whose `&`, `<` and `>` are escaped, into HTML: paragraphs, line breaks,
// quotes, code, bold, italic and struck words, links. Mentions, of channels too, become elements of
// which html_to_markdown.h makes words, and which it names; emoji become themselves where the table
// has them (archive/emoji_names.h), else they stay `:name:`.
//
// Whatever it holds, the HTML is well-formed. Cost: linear; `work` gets how many bytes were looked
// at for ends of marks.
std::string MrkdwnToHtml(std::string_view text, const NameOf& name_of, std::size_t* work = nullptr);

}  // namespace guildhall::slack
