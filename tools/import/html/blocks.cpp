#include "tools/import/html/blocks.h"

#include <algorithm>

namespace guildhall::html {
namespace {

constexpr std::size_t kMaxLanguageBytes = 32;

std::string Language(std::string_view name) {
  std::string language;
  for (const char c : name) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    const bool allowed = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9') ||
                         lower == '+' || lower == '#' || lower == '-';
    if (allowed && language.size() < kMaxLanguageBytes) language += lower;
  }
  return language;
}

// What may follow a paragraph without an empty line and still be a block of its own.
bool InterruptsParagraph(const Block& block) {
  return block.kind == Block::kBullets ||
         (block.kind == Block::kNumbers && block.text.starts_with("1."));
}

std::string Row(const std::vector<std::string>& cells, std::size_t columns) {
  std::string row = "|";
  for (std::size_t i = 0; i < columns; ++i) {
    row += " ";
    if (i < cells.size()) row += cells[i];
    row += " |";
  }
  return row;
}

}  // namespace

std::string Stack(const std::vector<Block>& blocks) {
  std::string text;
  for (const Block& block : blocks) {
    if (&block != &blocks.front()) text += "\n\n";
    text += block.text;
  }
  return text;
}

std::string StackTightly(const std::vector<Block>& blocks) {
  std::string text;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const bool touches =
        i > 0 && blocks[i - 1].kind == Block::kParagraph && InterruptsParagraph(blocks[i]);
    if (i > 0) text += touches ? "\n" : "\n\n";
    text += blocks[i].text;
  }
  return text;
}

std::string Indent(std::string_view text, std::string_view first, std::string_view rest) {
  std::string indented;
  std::string_view prefix = first;
  for (;;) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    indented += prefix;
    indented += text.substr(0, end);
    if (end == 0) indented.erase(indented.find_last_not_of(' ') + 1);
    if (end == text.size()) return indented;
    indented += '\n';
    text.remove_prefix(end + 1);
    prefix = rest;
  }
}

Block CodeBlock(std::string_view code, std::string_view language) {
  if (code.ends_with('\n')) code.remove_suffix(1);
  std::size_t longest = 2;
  for (std::size_t at = code.find('`'); at < code.size(); at = code.find('`', at)) {
    const std::size_t end = std::min(code.find_first_not_of('`', at), code.size());
    longest = std::max(longest, end - at);
    at = end;
  }
  const std::string fence(longest + 1, '`');
  return {Block::kOther, fence + Language(language) + "\n" + std::string(code) + "\n" + fence};
}

Block Table(const std::vector<std::vector<std::string>>& rows,
            const std::vector<std::string>& alignments) {
  const std::size_t columns = alignments.size();
  std::string text = Row(rows.front(), columns) + "\n" + Row(alignments, columns);
  for (std::size_t i = 1; i < rows.size(); ++i) text += "\n" + Row(rows[i], columns);
  return {Block::kOther, std::move(text)};
}

}  // namespace guildhall::html
