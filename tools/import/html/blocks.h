#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guildhall::html {

// A block of Markdown, without a line break at its end.
struct Block {
  enum Kind { kParagraph, kBullets, kNumbers, kOther };
  Kind kind = kOther;
  std::string text;
};

// Blocks one below the other, an empty line between.
std::string Stack(const std::vector<Block>& blocks);

// The content of an item of a list without empty lines: blocks touch where they still are two.
std::string StackTightly(const std::vector<Block>& blocks);

// `text` with `first` before its first line and `rest` before every other; lines that would hold
// nothing but spaces hold nothing.
std::string Indent(std::string_view text, std::string_view first, std::string_view rest);

// A fenced code block. Of `language` what may be part of a class stays, in lower case.
Block CodeBlock(std::string_view code, std::string_view language);

// A table of GitHub's dialect; the first row is its head. `alignments` are ":---", "---:", …
Block Table(const std::vector<std::vector<std::string>>& rows,
            const std::vector<std::string>& alignments);

}  // namespace guildhall::html
