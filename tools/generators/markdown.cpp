#include "tools/generators/markdown.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace guildhall::generators {

std::string MarkdownRow(std::vector<std::string> cells) {
  for (std::string& cell : cells) absl::StrReplaceAll({{"|", "\\|"}}, &cell);
  return absl::StrCat("| ", absl::StrJoin(cells, " | "), " |\n");
}

std::string MarkdownHead(const std::vector<std::string>& cells) {
  return absl::StrCat("\n", MarkdownRow(cells),
                      MarkdownRow(std::vector<std::string>(cells.size(), "---")));
}

}  // namespace guildhall::generators
