#pragma once

#include <map>
#include <string>
#include <string_view>

namespace guildhall::generators {

// `text` where HTML has text or an attribute's value.
std::string Escape(std::string_view text);

// A comment of a contract as paragraphs: an empty line ends one, lines with "* ", "Cost:" and
// "Fails with:" begin one, `code` is code, and a word in capitals that `anchors` knows leads there.
std::string Paragraphs(std::string_view comment, const std::map<std::string, std::string>& anchors);

// A whole page; `body` is HTML.
std::string Page(std::string_view title, std::string_view body);

}  // namespace guildhall::generators
