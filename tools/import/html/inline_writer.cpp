#include "tools/import/html/inline_writer.h"

#include <algorithm>

#include "absl/strings/str_replace.h"
#include "tools/import/html/address.h"
#include "tools/import/html/characters.h"

namespace guildhall::html {
namespace {

int LongestRun(std::string_view text, char c) {
  int longest = 0;
  int run = 0;
  for (const char other : text) {
    run = other == c ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

// Whether `text` ends with a backslash that would escape what follows.
bool HasOpenBackslash(std::string_view text) {
  const std::size_t kept = text.find_last_not_of('\\') + 1;
  return (text.size() - kept) % 2 == 1;
}

std::string_view Delimiter(InlineText::Mark mark) {
  return mark == InlineText::kEmphasis ? "*" : mark == InlineText::kStrong ? "**" : "~~";
}

// In a link, whose references Markdown decodes.
std::string EncodeAddress(std::string_view address) {
  return absl::StrReplaceAll(Destination(address), {{"&", "&amp;"}});
}

// "&amp;", "&#38;": what Markdown would decode.
bool IsReference(std::string_view text) {
  std::size_t i = 1;
  if (At(text, i) == '#') ++i;
  const std::size_t begin = i;
  while (IsAlnum(At(text, i))) ++i;
  return i > begin && At(text, i) == ';';
}

// Whether the run of underscores around `at` has words on both sides, where it is no mark. Letters
// before `from` do not count.
bool IsInsideWord(std::string_view text, std::size_t at, std::size_t from) {
  const std::size_t begin = text.find_last_not_of('_', at);
  const std::size_t end = text.find_first_not_of('_', at);
  if (begin == std::string_view::npos || end == std::string_view::npos) return false;
  const std::size_t last = LastCharacter(text.substr(0, begin + 1));
  return last >= from && IsOfWord(text.substr(last, begin + 1 - last)) &&
         IsOfWord(text.substr(end, NextCharacter(text, end) - end));
}

}  // namespace

bool InlineWriter::IsMark(const Piece& piece) {
  return piece.kind == InlineText::kOpen || piece.kind == InlineText::kClose;
}

std::string InlineWriter::Write() {
  for (std::size_t i = 0; i < pieces_.size();) {
    if (IsMark(pieces_[i])) {
      WriteMarks(i);
    } else {
      WritePiece(i);
    }
  }
  return std::move(out_);
}

void InlineWriter::WritePiece(std::size_t& i) {
  const Piece& piece = pieces_[i++];
  switch (piece.kind) {
    case InlineText::kText:
      behind_mark_ = i > 1 && pieces_[i - 2].kind == InlineText::kClose;
      WriteText(piece.text, i);
      break;
    case InlineText::kCode:
      WriteCode(piece.text);
      break;
    case InlineText::kMath:
      out_ += '$';
      WriteCode(piece.text);
      out_ += '$';
      break;
    case InlineText::kBreak:
      out_ += place_ == InlineText::kParagraph ? "\\\n" : " ";
      line_ = out_.size();
      break;
    case InlineText::kOpen:
    case InlineText::kClose:
      out_ += Delimiter(piece.mark);
      break;
    case InlineText::kOpenLink:
      if (WriteAutolink(i)) break;
      out_ += '[';
      address_ = piece.text;
      in_link_ = true;
      break;
    case InlineText::kCloseLink:
      out_ += "](" + EncodeAddress(address_) + ")";
      in_link_ = false;
      break;
  }
}

// Opening marks open only if what follows begins with a letter or what precedes is no word, and the
// other way round closing marks close (CommonMark 0.30 section 6.2). Where that fails, the letter
// at fault goes as a reference: its ampersand and semicolon are punctuation.
void InlineWriter::WriteMarks(std::size_t& i) {
  const std::size_t begin = out_.size();
  const InlineText::Kind kind = pieces_[i].kind;
  while (i < pieces_.size() && pieces_[i].kind == kind) WritePiece(i);
  const std::size_t end = out_.size();
  if (i < pieces_.size() && !IsMark(pieces_[i])) WritePiece(i);

  const std::size_t last = begin == 0 ? 0 : LastCharacter(std::string_view(out_).substr(0, begin));
  const std::string before = out_.substr(last, begin - last);
  const std::string after =
      end == out_.size() ? "" : out_.substr(end, NextCharacter(out_, end) - end);
  if (kind == InlineText::kClose && !IsOfWord(before) && !IsEdge(after)) {
    out_.replace(end, after.size(), Reference(after));
  }
  if (kind == InlineText::kOpen && !IsOfWord(after) && !IsEdge(before)) {
    // A backslash that needed no escape before the letter needs one before its reference.
    const bool escapes = HasOpenBackslash(std::string_view(out_).substr(0, last));
    out_.replace(last, before.size(), (escapes ? "\\" : "") + Reference(before));
  }
}

// `<address>` for a link whose words are its address.
bool InlineWriter::WriteAutolink(std::size_t& i) {
  const std::string& address = pieces_[i - 1].text;
  const bool plain = i + 1 < pieces_.size() && pieces_[i].kind == InlineText::kText &&
                     pieces_[i].text == address && pieces_[i + 1].kind == InlineText::kCloseLink &&
                     EncodeAddress(address).size() == address.size();
  if (plain) {
    out_ += "<" + address + ">";
    i += 2;
  }
  return plain;
}

// A fence longer than any run of backticks inside; spaces at the edges where the code begins or
// ends with a backtick, or with spaces that Markdown would take away.
void InlineWriter::WriteCode(std::string_view code) {
  const std::string fence(static_cast<std::size_t>(LongestRun(code, '`')) + 1, '`');
  const bool padded = code.starts_with('`') || code.ends_with('`') ||
                      (code.starts_with(' ') && code.ends_with(' '));
  out_ += fence;
  if (padded) out_ += ' ';
  for (const char c : code) {
    if (c == '|' && place_ == InlineText::kCell) out_ += '\\';
    out_ += c;
  }
  if (padded) out_ += ' ';
  out_ += fence;
}

void InlineWriter::WriteText(std::string_view text, std::size_t next_piece) {
  const Piece* const next = next_piece < pieces_.size() ? &pieces_[next_piece] : nullptr;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool escape =
        out_.size() == line_ ? NeedsEscapeAtLineStart(text, at, next) : NeedsEscape(text, at, next);
    if (escape) out_ += '\\';
    out_ += text[at];
    // "1." begins a list, and a digit cannot be escaped.
    if (IsDigit(text[at]) && out_.size() == line_ + 1) at = WriteListNumber(text, at);
  }
}

// At the end of a text that other pieces follow, `after` is 0 as at the end of a line: what may
// matter there is escaped.
bool InlineWriter::NeedsEscape(std::string_view text, std::size_t at, const Piece* next) const {
  const char c = text[at];
  const char before = at > 0 ? text[at - 1] : out_.size() > line_ ? out_.back() : ' ';
  const char after = At(text, at + 1);
  const bool last = after == '\0' && next != nullptr;
  switch (c) {
    case '\\':
      return after == '\0' || IsPunctuation(after);
    case '`':
      return true;
    case '*':
    case '~':
      return before != ' ' || !IsSpaceOrEnd(after) || last;
    case '_':
      // A letter behind a mark may become a reference, and is no word then.
      return !IsInsideWord(text, at, behind_mark_ ? NextCharacter(text, 0) : 0);
    case '[':
      return in_link_ || last;
    case ']':
      return in_link_ || last || after == '(' || after == '[' || after == ':';
    case '!':
      return after == '[' || last;
    case '<':
      return last || (after > ' ' && after < 0x7F);
    case '&':
      return IsReference(text.substr(at));
    case '$':
      return last && next->kind == InlineText::kCode;
    case '|':
      return place_ == InlineText::kCell;
    case '#':
      return place_ == InlineText::kHeading;
    default:
      return false;
  }
}

bool InlineWriter::NeedsEscapeAtLineStart(std::string_view text, std::size_t at,
                                          const Piece* next) const {
  const char after = At(text, at + 1);
  switch (text[at]) {
    case '#':
    case '>':
    case '=':
    case '|':
    case '*':
    case '~':
    case '[':  // a definition of a reference, if a bracket and a colon follow anywhere
      return true;
    case '-':
    case '+':
      return IsSpaceOrEnd(after) || after == text[at] || after == '|' || after == ':';
    case ':':
      return after == '-';
    default:
      return NeedsEscape(text, at, next);
  }
}

std::size_t InlineWriter::WriteListNumber(std::string_view text, std::size_t at) {
  while (IsDigit(At(text, at + 1))) out_ += text[++at];
  const char mark = At(text, at + 1);
  if ((mark == '.' || mark == ')') && IsSpaceOrEnd(At(text, at + 2))) {
    out_ += {'\\', mark};
    ++at;
  }
  return at;
}

}  // namespace guildhall::html
