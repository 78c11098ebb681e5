#include "services/discussions/domain/parse_cost.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace guildhall::discussions {
namespace {

// Steps of the parser's loops; each limit stands for 5 to 10 ms (measured, see README.md).
constexpr std::size_t kMaxLineSteps = 16 << 20;   // lines walked for each closing bracket
constexpr std::size_t kMaxCopySteps = 20 << 20;   // bytes copied for each closing bracket
constexpr std::size_t kMaxLabelSteps = 3 << 20;   // the same bytes, folded and compared as well
constexpr std::size_t kMaxTildeSteps = 16 << 20;  // pairs of tilde runs
constexpr int kMaxMarksInLine = 128;              // quotes and lists walked for each line

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::size_t RunLength(std::string_view text, char c) {
  return std::min(text.find_first_not_of(c), text.size());
}

// The quote and list marks that a line begins with.
int ContainerMarks(std::string_view line) {
  int marks = 0;
  std::size_t i = 0;
  while (i < line.size()) {
    const char c = line[i];
    if (IsBlank(c)) {
      ++i;
      continue;
    }
    const bool digits = IsDigit(c);
    while (digits && i < line.size() && IsDigit(line[i])) ++i;
    if (digits ? i < line.size() && (line[i] == '.' || line[i] == ')')
               : c == '>' || c == '-' || c == '+' || c == '*') {
      ++marks;
      ++i;
    } else {
      break;
    }
  }
  return marks;
}

// Whether `line` certainly ends the paragraph before it: a bullet with words, not indented so far
// that it might be more of that paragraph.
bool IsBulletItem(std::string_view line) {
  line.remove_prefix(std::min<std::size_t>(RunLength(line, ' '), 3));
  return line.size() > 2 && (line[0] == '-' || line[0] == '+' || line[0] == '*') &&
         line[1] == ' ' && !IsBlank(line[2]);
}

// Whether each bracket certainly pairs with one of the same line, however the lines around are
// read.
bool HasItsOwnBrackets(std::string_view line) {
  int depth = 0;
  for (const char c : line) {
    if (c == '\\' || c == '`' || c == '<') return false;
    if (c == '[') ++depth;
    if (c == ']' && --depth < 0) return false;
  }
  return depth == 0;
}

// Code fences that begin in the first column. Whatever surrounds them, such a line opens one: it
// continues no quote, list or paragraph.
class Fence {
 public:
  // Whether `line` is part of a code block, its fences included.
  bool Takes(std::string_view line) {
    if (length_ > 0) {
      line.remove_prefix(std::min<std::size_t>(RunLength(line, ' '), 3));
      const std::size_t run = RunLength(line, mark_);
      const bool closes = run >= length_ && std::all_of(line.begin() + run, line.end(), IsBlank);
      if (closes) length_ = 0;
      return true;
    }
    if (line.empty() || (line[0] != '`' && line[0] != '~')) return false;
    const std::size_t run = RunLength(line, line[0]);
    if (run < 3 || (line[0] == '`' && line.find('`', run) != std::string_view::npos)) return false;
    mark_ = line[0];
    length_ = run;
    return true;
  }

 private:
  char mark_ = 0;
  std::size_t length_ = 0;
};

// What the paragraphs so far cost; a blank line ends a paragraph.
class Prose {
 public:
  void Add(std::string_view line) {
    const std::size_t closers = CountMarks(line);
    line_steps_ += closers * lines_;
    label_steps_ += closers * (line.size() + (HasItsOwnBrackets(line) ? 0 : bytes_));
    defines_references_ |= line.find("]:") != std::string_view::npos;
    ++lines_;
    bytes_ += line.size();
  }

  void EndParagraph() { lines_ = bytes_ = tildes_ = 0; }

  bool IsCheap() const {
    return line_steps_ <= kMaxLineSteps && tilde_steps_ <= kMaxTildeSteps &&
           label_steps_ <= (defines_references_ ? kMaxLabelSteps : kMaxCopySteps);
  }

 private:
  // Counts runs of tildes, and answers how many brackets close. What a backslash escapes is no mark
  // to the parser, in code or out of it; imports escape all that stands for itself.
  std::size_t CountMarks(std::string_view line) {
    std::size_t closers = 0;
    bool escaped = false;
    char last = 0;
    for (const char c : line) {
      const char mark = std::exchange(escaped, !escaped && c == '\\') ? 0 : c;
      closers += mark == ']';
      if (mark == '~' && last != '~') tilde_steps_ += 2 * ++tildes_;
      last = mark;
    }
    return closers;
  }

  std::size_t lines_ = 0;
  std::size_t bytes_ = 0;
  std::size_t tildes_ = 0;
  std::size_t line_steps_ = 0;
  std::size_t label_steps_ = 0;
  std::size_t tilde_steps_ = 0;
  bool defines_references_ = false;
};

}  // namespace

bool IsCheapToParse(std::string_view markdown) {
  Fence fence;
  Prose prose;
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    const std::string_view line = markdown.substr(0, end);
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
    if (fence.Takes(line) || std::all_of(line.begin(), line.end(), IsBlank)) {
      prose.EndParagraph();
      continue;
    }
    if (ContainerMarks(line) > kMaxMarksInLine) return false;
    if (IsBulletItem(line)) prose.EndParagraph();
    prose.Add(line);
  }
  return prose.IsCheap();
}

}  // namespace guildhall::discussions
