// Renders texts as discussions does: reads them from standard input, one after the other with a NUL
// between, and writes the HTML of each the same way; a text that is refused gives none.
#include <algorithm>
#include <iostream>
#include <iterator>
#include <string>

#include "services/discussions/domain/markdown.h"

int main() {
  const std::string texts{std::istreambuf_iterator<char>(std::cin), {}};
  for (std::size_t begin = 0; begin <= texts.size();) {
    const std::size_t end = std::min(texts.find('\0', begin), texts.size());
    const auto html = guildhall::discussions::MarkdownToHtml(texts.substr(begin, end - begin));
    std::cout << html.value_or("") << '\0';
    begin = end + 1;
  }
}
