#include "tools/import/mbox/mail_html.h"

#include <algorithm>
#include <array>
#include <vector>

#include "absl/strings/ascii.h"
#include "libs/base/strings.h"
#include "tools/import/archive/html_text.h"

namespace guildhall::mbox {
namespace {

using importing::EscapeHtml;

// Quotes within quotes; deeper ones are read as if they were not nested.
constexpr int kMaxQuotes = 8;
constexpr std::string_view kSignature = "-- ";

struct Line {
  int quotes = 0;
  std::string text;
};

// Takes the marks of quotes off: "> > words", ">>words".
Line UnquotedLine(std::string_view text) {
  Line line;
  while (text.starts_with('>')) {
    ++line.quotes;
    text.remove_prefix(1);
    if (text.starts_with(" >")) text.remove_prefix(1);
  }
  if (line.quotes > 0 && text.starts_with(' ')) text.remove_prefix(1);
  line.quotes = std::min(line.quotes, kMaxQuotes);
  line.text = text;
  return line;
}

std::vector<Line> LinesOf(std::string_view text, LineEnds ends) {
  std::vector<Line> lines;
  bool goes_on = false;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view written = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (written.ends_with('\r')) written.remove_suffix(1);
    Line line = UnquotedLine(written);
    if (ends == LineEnds::kFlowed && line.quotes == 0 && line.text.starts_with(' ')) {
      line.text.erase(0, 1);  // stuffed, so that it is no quote
    }
    const bool joins = goes_on && lines.back().quotes == line.quotes && line.text != kSignature;
    goes_on = ends == LineEnds::kFlowed && line.text.ends_with(' ') && line.text != kSignature;
    if (joins) {
      lines.back().text += line.text;
    } else {
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\f\v") == std::string_view::npos;
}

// Whether spaces lay it out: columns, drawings, code.
bool IsLaidOut(std::string_view text) {
  return text.starts_with("    ") || text.find('\t') != std::string_view::npos ||
         (!text.starts_with(' ') && text.find("   ") != std::string_view::npos);
}

// Whether a patch begins here, which goes on to the signature.
bool IsPatch(std::string_view text) {
  return text.starts_with("diff --git ") || text.starts_with("@@ -") ||
         text.starts_with("--- a/") || text.starts_with("Index: ");
}

std::size_t FindAddress(std::string_view words) {
  for (std::size_t at = words.find("http"); at != std::string_view::npos;
       at = words.find("http", at + 1)) {
    const std::string_view rest = words.substr(at);
    if (rest.starts_with("https://") || rest.starts_with("http://")) return at;
  }
  return std::string_view::npos;
}

void AppendWords(std::string_view words, std::string& html) {
  while (!words.empty()) {
    const std::size_t at = FindAddress(words);
    html += EscapeHtml(words.substr(0, at));
    if (at == std::string_view::npos) return;
    words.remove_prefix(at);
    std::string_view address = words.substr(0, words.find_first_of(" \t<>\"'`"));
    while (std::string_view(".,;:!?)]").find(address.back()) != std::string_view::npos) {
      address.remove_suffix(1);
    }
    const std::string escaped = EscapeHtml(address);
    html += "<a href=\"" + escaped + "\">" + escaped + "</a>";
    words.remove_prefix(address.size());
  }
}

class PlainTextWriter {
 public:
  explicit PlainTextWriter(std::vector<Line> lines) : lines_(std::move(lines)) {}

  std::string Write() {
    for (std::size_t at = 0; at < lines_.size();) {
      if (IsBlank(lines_[at].text)) {
        ++at;
        continue;
      }
      SetQuotes(lines_[at].quotes);
      const std::size_t end = EndOfBlock(at);
      WriteBlock(at, end);
      at = end;
    }
    SetQuotes(0);
    return std::move(html_);
  }

 private:
  void SetQuotes(int quotes) {
    for (; quotes_ < quotes; ++quotes_) html_ += "<blockquote>";
    for (; quotes_ > quotes; --quotes_) html_ += "</blockquote>";
  }

  // Lines up to a blank one, or of a patch up to the signature.
  std::size_t EndOfBlock(std::size_t begin) const {
    const bool patch = IsPatch(lines_[begin].text);
    std::size_t end = begin + 1;
    while (end < lines_.size() && lines_[end].quotes == lines_[begin].quotes &&
           lines_[end].text != kSignature && (patch || !IsBlank(lines_[end].text)) &&
           (patch || !IsPatch(lines_[end].text))) {
      ++end;
    }
    return end;
  }

  void WriteBlock(std::size_t begin, std::size_t end) {
    const auto first = lines_.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = lines_.begin() + static_cast<std::ptrdiff_t>(end);
    const bool as_it_is = IsPatch(first->text) || std::any_of(first, last, [](const Line& line) {
                            return IsLaidOut(line.text);
                          });
    html_ += as_it_is ? "<pre>" : "<p>";
    for (auto line = first; line != last; ++line) {
      if (as_it_is) {
        html_ += EscapeHtml(line->text) + "\n";
      } else {
        html_ += line == first ? "" : "<br>";
        AppendWords(line->text, html_);
      }
    }
    html_ += as_it_is ? "</pre>" : "</p>";
  }

  std::vector<Line> lines_;
  std::string html_;
  int quotes_ = 0;
};

}  // namespace

std::string HtmlOfPlainText(std::string_view text, LineEnds ends) {
  return PlainTextWriter(LinesOf(text, ends)).Write();
}

std::string BodyOfHtml(std::string_view html) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kNoText = {
      {{"<!--", "-->"},
       {"<style", "</style"},
       {"<script", "</script"},
       {"<head>", "</head"},
       {"<title", "</title"}}};
  const std::string lower = absl::AsciiStrToLower(Absl(html));
  std::string body;
  std::array<bool, kNoText.size()> endless = {};
  for (std::size_t at = 0; at < html.size();) {
    std::size_t end = std::min(html.find('<', at + 1), html.size());
    bool left_out = false;
    for (std::size_t i = 0; i < kNoText.size() && !endless[i] && !left_out; ++i) {
      if (!std::string_view(lower).substr(at).starts_with(kNoText[i].first)) continue;
      const std::size_t close = lower.find(kNoText[i].second, at + kNoText[i].first.size());
      const std::size_t after = close == std::string::npos ? close : lower.find('>', close);
      endless[i] = after == std::string::npos;
      left_out = !endless[i];
      if (left_out) end = after + 1;
    }
    if (!left_out) body += html.substr(at, end - at);
    at = end;
  }
  return body;
}

}  // namespace guildhall::mbox
