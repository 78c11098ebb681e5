#pragma once

#include <string>
#include <vector>

namespace guildhall::generators {

// A row of a table of Markdown, with its line's end; bars in cells are escaped.
std::string MarkdownRow(std::vector<std::string> cells);

// An empty line, the first row of a table, and the line below that.
std::string MarkdownHead(const std::vector<std::string>& cells);

}  // namespace guildhall::generators
