#include "tools/import/slack/mrkdwn.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "libs/base/strings.h"
#include "tools/import/archive/emoji_names.h"
#include "tools/import/archive/html_text.h"

namespace guildhall::slack {
namespace {

using importing::EscapeHtml;

constexpr std::string_view kFence = "```";
constexpr std::string_view kQuote = "&gt;";
constexpr std::string_view kLongQuote = "&gt;&gt;&gt;";
// Marks within marks; people nest two or three, and each is read once more.
constexpr int kMaxMarks = 3;

struct Mark {
  char sign;
  std::string_view element;
};
constexpr std::array<Mark, 3> kMarks = {{{'*', "strong"}, {'_', "em"}, {'~', "del"}}};

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n'; }
// Bytes of other scripts belong to words.
bool IsOfWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// In bytes, of an escaped character or a byte of any other.
std::size_t LengthOfCharacter(std::string_view text) {
  for (const std::string_view escaped : {"&amp;", "&lt;", "&gt;"}) {
    if (text.starts_with(escaped)) return escaped.size();
  }
  return 1;
}

// Escaped text with what else HTML would take for its own.
void AppendWords(std::string_view text, std::string& html) {
  while (!text.empty()) {
    const std::size_t length = LengthOfCharacter(text);
    const std::string_view character = text.substr(0, length);
    html += length > 1 ? std::string(character) : EscapeHtml(character);
    text.remove_prefix(length);
  }
}

// The words of one line.
class LineWriter {
 public:
  LineWriter(const NameOf& name_of, std::string& html) : name_of_(name_of), html_(html) {}

  void Write(std::string_view line) {
    // By mark, the first place where one may end that began behind the last that was asked for: it
    // is that of all that begin before it.
    std::array<std::size_t, kMarks.size()> ends = {};
    // What does not end behind some place does not end behind a later one either.
    bool endless_code = false, endless_reference = false;
    for (std::size_t i = 0; i < line.size();) {
      std::size_t taken = 0;
      if (line[i] == '<' && !endless_reference) {
        taken = WriteReference(line.substr(i));
        endless_reference = taken == 0;
      } else if (line[i] == '`' && !endless_code) {
        taken = WriteCode(line.substr(i));
        endless_code = taken == 0;
      } else if (line[i] == ':') {
        taken = WriteEmoji(line.substr(i));
      } else if (depth_ < kMaxMarks) {
        taken = WriteMark(line, i, ends);
      }
      if (taken == 0) {
        taken = LengthOfCharacter(line.substr(i));
        AppendWords(line.substr(i, taken), html_);
      }
      i += taken;
    }
  }

 private:
  // Each of these gives how many bytes it has written, 0 where there is no such thing.

  std::size_t WriteMark(std::string_view line, std::size_t at, std::array<std::size_t, 3>& ends) {
    const auto mark = std::find_if(kMarks.begin(), kMarks.end(), [&](const Mark& candidate) {
      return candidate.sign == line[at];
    });
    if (mark == kMarks.end()) return 0;
    const bool opens = (at == 0 || !IsOfWord(line[at - 1])) && at + 1 < line.size() &&
                       !IsSpace(line[at + 1]) && line[at + 1] != mark->sign;
    if (!opens) return 0;
    std::size_t& end = ends[static_cast<std::size_t>(mark - kMarks.begin())];
    if (end < at + 2) end = EndOfMark(line, mark->sign, at + 2);
    if (end == std::string_view::npos || (depth_ > 0 && !StandsApart(line, at, end))) return 0;
    absl::StrAppend(&html_, "<", Absl(mark->element), ">");
    ++depth_;
    Write(line.substr(at + 1, end - at - 1));
    --depth_;
    absl::StrAppend(&html_, "</", Absl(mark->element), ">");
    return end + 1 - at;
  }

  // The first place from `from` on where a mark may end, or npos.
  std::size_t EndOfMark(std::string_view line, char sign, std::size_t from) {
    std::size_t end = line.find(sign, from);
    while (end != std::string_view::npos &&
           (IsSpace(line[end - 1]) || (end + 1 < line.size() && IsOfWord(line[end + 1])))) {
      end = line.find(sign, end + 1);
    }
    work_ += std::min(end, line.size()) - std::min(from, line.size());
    return end;
  }

  // Whether a mark within another leaves no doubt in Markdown about which of them ends where.
  static bool StandsApart(std::string_view line, std::size_t at, std::size_t end) {
    if (at == 0 && end + 1 == line.size()) return IsOfWord(line[1]) && IsOfWord(line[end - 1]);
    return at > 0 && IsSpace(line[at - 1]) && end + 1 < line.size() && IsSpace(line[end + 1]);
  }

  std::size_t WriteCode(std::string_view rest) {
    const std::size_t end = rest.find('`', 1);
    if (end == std::string_view::npos) return 0;
    if (end == 1) {
      html_ += "``";
      return 2;
    }
    html_ += "<code>";
    AppendPlain(rest.substr(1, end - 1));
    html_ += "</code>";
    return end + 1;
  }

  std::size_t WriteEmoji(std::string_view rest) {
    const std::size_t end = rest.substr(0, importing::kMaxEmojiName + 2).find(':', 1);
    if (end == std::string_view::npos) return 0;
    const std::string_view emoji = importing::EmojiNamed(rest.substr(1, end - 1));
    html_ += emoji;
    return emoji.empty() ? 0 : end + 1;
  }

  // "<@U1>", "<#C1|name>", "<!here>", "<https://x.y|words>".
  std::size_t WriteReference(std::string_view rest) {
    const std::size_t end = rest.find('>');
    if (end == std::string_view::npos) return 0;
    const std::string_view inside = rest.substr(1, end - 1);
    const std::size_t bar = inside.find('|');
    const std::string_view target = inside.substr(0, bar);
    const std::string_view label =
        bar == std::string_view::npos ? std::string_view() : inside.substr(bar + 1);
    const char sign = target.empty() ? '\0' : target[0];
    if (sign == '@' || sign == '#') {
      const std::string name = name_of_(sign, target.substr(1));
      WriteMention(name.empty() ? EscapeHtml(target) : EscapeHtml(std::string(1, sign) + name));
    } else if (sign == '!') {
      WriteCall(target.substr(1), label);
    } else {
      html_ += "<a href=\"";
      AppendWords(target, html_);
      html_ += "\">";
      AppendWords(label.empty() ? target : label, html_);
      html_ += "</a>";
    }
    return end + 1;
  }

  // "here", "subteam^S1|@group", "date^0^{date}^https://x.y|yesterday".
  void WriteCall(std::string_view what, std::string_view label) {
    std::string words;
    AppendWords(label.empty() ? what.substr(0, what.find('^')) : label, words);
    if (what.starts_with("date")) {
      html_ += words;
    } else {
      WriteMention(words.starts_with('@') ? words : "@" + words);
    }
  }

  // As html_to_markdown.h reads it: bold words, within other marks the words alone.
  void WriteMention(std::string_view words) {
    absl::StrAppend(&html_, "<span class=\"", depth_ == 0 ? "user-mention" : "mention", "\">",
                    Absl(words), "</span>");
  }

  // Code: only links are marked in it, as their addresses.
  void AppendPlain(std::string_view code) {
    for (;;) {
      const std::size_t begin = code.find('<');
      const std::size_t end = begin == std::string_view::npos ? begin : code.find('>', begin);
      if (end == std::string_view::npos) return AppendWords(code, html_);
      AppendWords(code.substr(0, begin), html_);
      const std::string_view inside = code.substr(begin + 1, end - begin - 1);
      const std::size_t bar = inside.find('|');
      AppendWords(bar == std::string_view::npos ? inside : inside.substr(bar + 1), html_);
      code.remove_prefix(end + 1);
    }
  }

  friend class TextWriter;
  const NameOf& name_of_;
  std::string& html_;
  int depth_ = 0;         // of marks around this place
  std::size_t work_ = 0;  // bytes in which ends of marks were looked for
};

class TextWriter {
 public:
  explicit TextWriter(const NameOf& name_of) : line_(name_of, html_) {}

  std::size_t work() const { return line_.work_; }

  std::string Write(std::string_view text) {
    while (!text.empty()) {
      const std::size_t begin = text.find(kFence);
      const std::size_t end =
          begin == std::string_view::npos ? begin : text.find(kFence, begin + kFence.size());
      if (end == std::string_view::npos) {
        WriteLines(text);
        break;
      }
      WriteLines(text.substr(0, begin));
      Close();
      html_ += "<pre>";
      std::string_view code = text.substr(begin + kFence.size(), end - begin - kFence.size());
      if (code.starts_with('\n')) code.remove_prefix(1);
      line_.AppendPlain(code);
      html_ += "</pre>";
      text.remove_prefix(end + kFence.size());
      if (text.starts_with('\n')) text.remove_prefix(1);
    }
    Close();
    return std::move(html_);
  }

 private:
  void WriteLines(std::string_view text) {
    bool quoted_to_end = false;
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      std::string_view line = text.substr(0, end);
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
      bool quoted = quoted_to_end;
      if (!quoted_to_end && line.starts_with(kLongQuote)) {
        quoted = quoted_to_end = true;
        line.remove_prefix(kLongQuote.size());
      } else if (!quoted_to_end && line.starts_with(kQuote)) {
        quoted = true;
        line.remove_prefix(kQuote.size());
      }
      WriteLine(line, quoted);
    }
  }

  void WriteLine(std::string_view line, bool quoted) {
    if (quoted != in_quote_) {
      Close();
      html_ += quoted ? "<blockquote>" : "";
      in_quote_ = quoted;
    }
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
      CloseParagraph();
      return;
    }
    html_ += in_paragraph_ ? "<br>" : "<p>";
    in_paragraph_ = true;
    line_.Write(line);
  }

  void CloseParagraph() {
    html_ += in_paragraph_ ? "</p>" : "";
    in_paragraph_ = false;
  }
  void Close() {
    CloseParagraph();
    html_ += in_quote_ ? "</blockquote>" : "";
    in_quote_ = false;
  }

  std::string html_;
  LineWriter line_;
  bool in_paragraph_ = false;
  bool in_quote_ = false;
};

}  // namespace

std::string MrkdwnToHtml(std::string_view text, const NameOf& name_of, std::size_t* work) {
  TextWriter writer(name_of);
  std::string html = writer.Write(text);
  if (work != nullptr) *work = writer.work();
  return html;
}

}  // namespace guildhall::slack
