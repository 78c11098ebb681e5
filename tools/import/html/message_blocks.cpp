#include <algorithm>
#include <cstdlib>
#include <initializer_list>
#include <utility>

#include "libs/base/text.h"
#include "tools/import/html/element.h"
#include "tools/import/html/message.h"

namespace guildhall::html {
namespace {

// Deeper blocks are read as their words. Zulip's renderer nests a dozen deep.
constexpr int kMaxDepth = 64;
// CommonMark 0.30 section 5.2.
constexpr int kMaxListNumber = 999999999;

bool IsHeading(std::string_view name) {
  return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
}

bool IsBlock(std::string_view name) {
  constexpr std::string_view kBlocks[] = {"p",  "div", "pre",   "ul",   "ol",  "blockquote",
                                          "hr", "li",  "table", "html", "body"};
  return IsHeading(name) ||
         std::find(std::begin(kBlocks), std::end(kBlocks), name) != std::end(kBlocks);
}

// What Zulip shows of a linked page, picture, film or tweet, below the message.
bool IsPreview(const xmlNode* element) {
  return HasClass(element, "message_inline_image") || HasClass(element, "message_embed") ||
         HasClass(element, "inline-preview-twitter");
}

const xmlNode* FindNamed(const xmlNode* node, std::string_view name) {
  return FindElement(node, [name](const xmlNode* element) { return Name(element) == name; });
}

bool IsBlank(const xmlNode* node) {
  return IsText(node) && Characters(node).find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// The formula of a paragraph that holds nothing else.
const xmlNode* OnlyFormula(const xmlNode* paragraph) {
  const xmlNode* found = nullptr;
  for (const xmlNode* child = paragraph->children; child != nullptr; child = child->next) {
    if (IsBlank(child)) continue;
    if (found != nullptr || !HasClass(child, "katex-display")) return nullptr;
    found = FindNamed(child, "annotation");
  }
  return found;
}

void Append(std::vector<Block> more, std::vector<Block>& blocks) {
  std::move(more.begin(), more.end(), std::back_inserter(blocks));
}

bool HasParagraph(const xmlNode* item) {
  for (const xmlNode* child = item->children; child != nullptr; child = child->next) {
    if (Name(child) == "p") return true;
  }
  return false;
}

std::string Alignment(const xmlNode* cell) {
  const std::string style = Attribute(cell, "style") + Attribute(cell, "align");
  if (style.find("center") != std::string::npos) return ":---:";
  if (style.find("right") != std::string::npos) return "---:";
  return style.find("left") != std::string::npos ? ":---" : "---";
}

}  // namespace

std::string Message::Write(const InlineText& words, InlineText::Place place) {
  shows_ = shows_ || words.ShowsSomething();
  return words.Write(place);
}

void Message::AddParagraph(const InlineText& words, std::vector<Block>& blocks) {
  if (!words.IsEmpty()) blocks.push_back({Block::kParagraph, Write(words, InlineText::kParagraph)});
}

void Message::AddCode(const xmlNode* code, const std::string& language,
                      std::vector<Block>& blocks) {
  const std::string text = TextOf(code);
  shows_ = shows_ || !guildhall::IsBlank(text);
  blocks.push_back(CodeBlock(text, language));
}

std::vector<Block> Message::Flow(const xmlNode* parent, int depth) {
  std::vector<Block> blocks;
  InlineText words;
  for (const xmlNode* child = parent->children; child != nullptr; child = child->next) {
    if (!IsBlock(Name(child)) || depth > kMaxDepth) {
      AddWords(child, words, depth);
      continue;
    }
    AddParagraph(std::exchange(words, {}), blocks);
    AddBlock(child, blocks, depth + 1);
  }
  AddParagraph(words, blocks);
  return blocks;
}

void Message::AddBlock(const xmlNode* element, std::vector<Block>& blocks, int depth) {
  const std::string_view name = Name(element);
  if (name == "pre") {
    AddCode(element, "", blocks);
  } else if (name == "ul" || name == "ol") {
    AddList(element, blocks, depth);
  } else if (name == "blockquote") {
    AddQuote(element, blocks, depth);
  } else if (name == "hr") {
    shows_ = true;
    blocks.push_back({Block::kOther, "___"});
  } else if (name == "table") {
    AddTable(element, blocks, depth);
  } else if (name == "div") {
    AddDivision(element, blocks, depth);
  } else if (IsHeading(name)) {
    AddHeading(element, blocks, depth);
  } else if (const xmlNode* const formula = OnlyFormula(element)) {
    AddCode(formula, "math", blocks);
  } else {
    Append(Flow(element, depth), blocks);
  }
}

void Message::AddDivision(const xmlNode* element, std::vector<Block>& blocks, int depth) {
  if (IsPreview(element)) {
    AddPreview(element, blocks);
  } else if (HasClass(element, "codehilite")) {
    AddCode(element, Attribute(element, "data-code-language"), blocks);
  } else if (HasClass(element, "spoiler-content")) {
    AddQuote(element, blocks, depth);
  } else {
    Append(Flow(element, depth), blocks);
  }
}

// A preview says nothing new unless its address was not among the words.
void Message::AddPreview(const xmlNode* element, std::vector<Block>& blocks) {
  const xmlNode* const link = FindNamed(element, "a");
  const std::string address = Attribute(link, "href");
  if (address.empty() || linked_.count(address) > 0) return;
  InlineText words;
  if (!AddLinkTo(address, words, [&] { words.Text(address); })) LoseLink(address);
  AddParagraph(words, blocks);
}

void Message::AddQuote(const xmlNode* element, std::vector<Block>& blocks, int depth) {
  const std::vector<Block> quoted = Flow(element, depth);
  if (!quoted.empty()) blocks.push_back({Block::kOther, Indent(Stack(quoted), "> ", "> ")});
}

void Message::AddHeading(const xmlNode* element, std::vector<Block>& blocks, int depth) {
  InlineText words;
  AddWordsIn(element, words, depth);
  if (words.IsEmpty()) return;
  const std::string marks(static_cast<std::size_t>(Name(element)[1] - '0'), '#');
  blocks.push_back({Block::kOther, marks + " " + Write(words, InlineText::kHeading)});
}

void Message::AddList(const xmlNode* list, std::vector<Block>& blocks, int depth) {
  const bool numbered = Name(list) == "ol";
  const Block::Kind kind = numbered ? Block::kNumbers : Block::kBullets;
  // Lists in a row are several only if their marks differ.
  const bool again = !blocks.empty() && blocks.back().kind == kind;
  const std::string start = Attribute(list, "start");
  int number = start.empty() ? 1 : std::clamp(std::atoi(start.c_str()), 0, kMaxListNumber);
  std::string text;
  for (const xmlNode* item = list->children; item != nullptr; item = item->next) {
    if (Name(item) != "li") continue;
    const bool loose = HasParagraph(item);
    const std::vector<Block> content = Flow(item, depth);
    const std::string mark = numbered ? std::to_string(number++) + (again ? ")" : ".")
                             : again  ? "*"
                                      : "-";
    if (!text.empty()) text += loose ? "\n\n" : "\n";
    text += Indent(loose ? Stack(content) : StackTightly(content), mark + " ",
                   std::string(mark.size() + 1, ' '));
  }
  if (!text.empty()) blocks.push_back({kind, std::move(text)});
}

void Message::AddTable(const xmlNode* table, std::vector<Block>& blocks, int depth) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> alignments;
  const auto add_row = [&](const xmlNode* row) {
    std::vector<std::string> cells;
    for (const xmlNode* cell = row->children; cell != nullptr; cell = cell->next) {
      if (Name(cell) != "td" && Name(cell) != "th") continue;
      InlineText words;
      AddWordsIn(cell, words, depth);
      cells.push_back(Write(words, InlineText::kCell));
      if (rows.empty()) alignments.push_back(Alignment(cell));
    }
    if (!cells.empty()) rows.push_back(std::move(cells));
    return false;
  };
  FindElement(table, [&](const xmlNode* node) { return Name(node) == "tr" && add_row(node); });
  if (!rows.empty()) blocks.push_back(Table(rows, alignments));
}

}  // namespace guildhall::html
