#include "tools/import/discourse/markup.h"

#include <algorithm>

#include "tools/import/discourse/bracket_tag.h"
#include "tools/import/discourse/code_spans.h"
#include "tools/import/discourse/markup_inline.h"

namespace guildhall::discourse {
namespace {

// Quotes within quotes; deeper ones are read as if they were not nested.
constexpr std::size_t kMaxQuotes = 8;

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

// A run of backticks or tildes that begins or ends a block of code; empty: none.
std::string_view FenceOf(std::string_view line) {
  constexpr std::size_t kShortest = 3;
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  if (line.empty() || (line[0] != '`' && line[0] != '~')) return {};
  const std::string_view run = line.substr(0, line.find_first_not_of(line[0]));
  const bool is_span = run[0] == '`' && line.find('`', run.size()) != std::string_view::npos;
  return run.size() < kShortest || is_span ? std::string_view() : run;
}

bool IsBlockTag(std::string_view name) {
  return name == "quote" || name == "details" || name == "poll" || name == "wrap";
}

class MarkupReader {
 public:
  Markup Read(std::string_view raw) {
    while (!raw.empty()) {
      const std::size_t end = raw.find('\n');
      std::string_view line = raw.substr(0, end);
      raw.remove_prefix(end == std::string_view::npos ? raw.size() : end + 1);
      while (line.ends_with('\r')) line.remove_suffix(1);
      ReadLine(line);
    }
    TrimEnd();
    return {std::move(markdown_), lost_.Take()};
  }

 private:
  // Cuts off lines that say nothing.
  void TrimEnd() {
    for (;;) {
      const std::size_t last = markdown_.rfind('\n');
      const std::size_t begin = last == std::string::npos ? 0 : last + 1;
      if (markdown_.find_first_not_of("> ", begin) != std::string::npos) return;
      if (begin == 0) return markdown_.clear();
      markdown_.resize(last);
    }
  }

  void ReadLine(std::string_view line) {
    const std::string_view fence = FenceOf(line);
    if (!fence_.empty()) {
      Write(line, false);
      const std::string_view end = line.substr(0, line.find_last_not_of(" \t") + 1);
      if (fence.starts_with(fence_) && end.ends_with(fence)) fence_.clear();
    } else if (!fence.empty()) {
      Write(line, false);
      fence_ = fence;
    } else if (line.starts_with("    ") || line.starts_with('\t')) {
      Write(line, false);
    } else if (IsBlank(line)) {
      Write("", false);
    } else {
      ReadText(line);
    }
  }

  // A line with tags that stand around blocks.
  void ReadText(std::string_view line) {
    std::size_t begin = 0;
    CodeSpans code;
    for (std::size_t at = 0; at < line.size();) {
      if (line[at] == '`') {
        at += code.LengthAt(line.substr(at));
        continue;
      }
      const BracketTag tag = line[at] == '[' ? TagAt(line.substr(at)) : BracketTag();
      if (!IsBlockTag(tag.name)) {
        ++at;
        continue;
      }
      WriteText(line.substr(begin, at - begin));
      ReadBlockTag(tag);
      at += tag.length;
      begin = at;
    }
    WriteText(line.substr(begin));
  }

  void ReadBlockTag(const BracketTag& tag) {
    if (tag.name == "wrap") return;
    if (tag.name == "poll") {
      if (!tag.closes) lost_.Add("a poll: its options stay, its votes do not");
      Write("", false);
      return;
    }
    if (tag.closes) {
      if (quotes_ > 0) --quotes_;
      Write("", false);
      return;
    }
    Write("", false);
    if (tag.name == "details") {
      lost_.Add("that a part of it was folded");
      WriteName(AttributeOf(tag.attributes, ""), "");
      Write("", false);
    }
    quotes_ = std::min(quotes_ + 1, kMaxQuotes);
    if (tag.name == "quote") {
      const std::string_view from = AttributeOf(tag.attributes, "");
      WriteName(from.substr(0, from.find(',')), ":");
      if (from.find("post:") != std::string_view::npos) lost_.Add("where a quote is from");
      Write("", false);
    }
  }

  void WriteName(std::string_view name, std::string_view end) {
    if (IsBlank(name)) return;
    std::string words;
    for (const char c : name) {
      if (std::string_view("\\`*_[]<>").find(c) != std::string_view::npos) words += '\\';
      words += c;
    }
    Write("**" + words + std::string(end) + "**", false);
  }

  void WriteText(std::string_view text) {
    if (IsBlank(text)) return;
    const std::string words = InlineFromDiscourse(text, lost_);
    for (std::size_t begin = 0; begin <= words.size();) {
      const std::size_t end = std::min(words.find('\n', begin), words.size());
      Write(std::string_view(words).substr(begin, end - begin), true);
      begin = end + 1;
    }
  }

  // Between two lines of words the break stays, which Markdown alone would not show.
  void Write(std::string_view line, bool words) {
    if (first_ && line.empty()) return;
    if (!first_) markdown_ += words && after_words_ ? "  \n" : "\n";
    first_ = false;
    for (std::size_t i = 0; i < quotes_; ++i) markdown_ += line.empty() ? ">" : "> ";
    markdown_ += line;
    after_words_ = words && !line.empty();
  }

  std::string markdown_;
  importing::Lost lost_;
  std::string fence_;       // of the block of code that is open
  std::size_t quotes_ = 0;  // that are open
  bool first_ = true;
  bool after_words_ = false;
};

}  // namespace

Markup FromDiscourse(std::string_view raw) { return MarkupReader().Read(raw); }

}  // namespace guildhall::discourse
