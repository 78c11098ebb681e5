#include "tools/import/discourse/markup_inline.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "absl/strings/ascii.h"
#include "libs/base/strings.h"
#include "tools/import/archive/emoji_names.h"
#include "tools/import/archive/loss_words.h"
#include "tools/import/discourse/bracket_tag.h"
#include "tools/import/discourse/code_spans.h"

namespace guildhall::discourse {
namespace {

// What is longer is text.
constexpr std::size_t kMaxLabel = 1000;
constexpr std::size_t kMaxAddress = 2000;

constexpr std::string_view kLostMarkup = "marks that Markdown does not have";
constexpr std::string_view kLostSpoiler = "what hid a part of it";

bool IsAlnum(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// Marks by the names of elements and tags; those without one are dropped.
struct Mark {
  std::string_view name, markdown;
};
constexpr std::array<Mark, 10> kMarks = {{{"b", "**"},
                                          {"strong", "**"},
                                          {"i", "*"},
                                          {"em", "*"},
                                          {"s", "~~"},
                                          {"del", "~~"},
                                          {"strike", "~~"},
                                          {"kbd", "`"},
                                          {"code", "`"},
                                          {"br", "\n"}}};
constexpr std::array<std::string_view, 21> kDropped = {
    "u",    "ins",  "sub",  "sup",     "small",   "big",     "mark", "center", "div", "span", "p",
    "font", "abbr", "cite", "details", "summary", "section", "dl",   "dt",     "dd",  "aside"};

const Mark* MarkNamed(std::string_view name) {
  const auto* const found = std::find_if(kMarks.begin(), kMarks.end(),
                                         [&](const Mark& mark) { return mark.name == name; });
  return found == kMarks.end() ? nullptr : found;
}

bool IsUpload(std::string_view address) {
  return address.starts_with("upload://") || address.starts_with("/uploads/");
}

std::string Escaped(std::string_view words) {
  std::string escaped;
  for (const char c : words) {
    if (std::string_view("\\`*_[]<>~").find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

// Gathers one line.
class InlineReader {
 public:
  InlineReader(std::string_view line, importing::Lost& lost) : line_(line), lost_(lost) {}

  std::string Read() {
    while (at_ < line_.size()) {
      const std::string_view rest = line_.substr(at_);
      std::size_t taken = 0;
      switch (rest[0]) {
        case '\\':
          taken = Copy(std::min<std::size_t>(rest.size(), 2));
          break;
        case '`':
          taken = Copy(code_.LengthAt(rest));
          break;
        case '!':
          taken = rest.starts_with("![") ? ReadLink(rest.substr(1), 1) : 0;
          break;
        case '[':
          taken = ReadTag(rest);
          if (taken == 0 && !rest.starts_with("[!")) taken = ReadLink(rest, 0);
          break;
        case '<':
          taken = ReadElement(rest);
          break;
        case ':':
          taken = ReadEmoji(rest);
          break;
        default:
          break;
      }
      at_ += taken > 0 ? taken : Copy(1);
    }
    return std::move(markdown_);
  }

 private:
  std::size_t Copy(std::size_t length) {
    markdown_ += line_.substr(at_, length);
    return length;
  }

  // [b], [date=…], [spoiler]
  std::size_t ReadTag(std::string_view rest) {
    const BracketTag tag = TagAt(rest);
    if (tag.name == "date" || tag.name == "date-range") return ReadDate(tag);
    if (rest.substr(tag.length).starts_with('(') || !tag.attributes.empty()) return 0;
    if (tag.name == "spoiler" || tag.name == "blur") {
      lost_.Add(std::string(kLostSpoiler));
    } else if (tag.name == "u") {
      lost_.Add(std::string(kLostMarkup));
    } else if (tag.name == "b" || tag.name == "i" || tag.name == "s") {
      markdown_ += MarkNamed(tag.name)->markdown;
    } else {
      return 0;
    }
    return tag.length;
  }

  std::size_t ReadDate(const BracketTag& tag) {
    std::string words;
    for (const std::string_view key : {"date", "from", "time", "to", "timezone"}) {
      const std::string_view attributes = tag.attributes;
      const std::string_view value = key == "date" && attributes.starts_with('=')
                                         ? AttributeOf(attributes, "")
                                         : AttributeOf(attributes, key);
      if (value.empty()) continue;
      words += words.empty() ? "" : key == "to" ? " – " : " ";
      words += value;
    }
    markdown_ += words;
    return tag.length;
  }

  // `![name|690x388](address)`, `[name|attachment](address) (240 KB)`; `image` is 1 for the first.
  std::size_t ReadLink(std::string_view rest, std::size_t image) {
    const std::size_t end = rest.substr(0, kMaxLabel).find(']');
    if (end == std::string_view::npos || !rest.substr(end + 1).starts_with('(')) return 0;
    const std::string_view inside = rest.substr(end + 2, kMaxAddress);
    const std::size_t close = inside.find(')');
    if (close == std::string_view::npos) return 0;
    const std::string_view label = rest.substr(1, end - 1);
    const std::string_view name = label.substr(0, label.find('|'));
    const std::string_view address = inside.substr(0, close);
    const std::size_t length = image + end + 2 + close + 1;
    if (IsUpload(address)) {
      WriteFile(name.empty() ? address.substr(address.rfind('/') + 1) : name,
                rest.substr(length - image));
      return length;
    }
    if (image == 0) return 0;
    markdown_.append("![").append(name).append("](").append(address).append(")");
    return length;
  }

  // `behind` may begin with its size in parentheses.
  void WriteFile(std::string_view name, std::string_view behind) {
    std::string loss = importing::FileLoss(name, 0);
    constexpr std::size_t kLongestSize = 20;
    const std::size_t close = behind.substr(0, kLongestSize).find(')');
    if (behind.size() > 2 && behind.starts_with(" (") && std::isdigit(behind[2]) != 0 &&
        close != std::string_view::npos) {
      loss += behind.substr(0, close + 1);
    }
    lost_.Add(std::move(loss));
    markdown_ += "*File: " + Escaped(name) + "*";
  }

  std::size_t ReadElement(std::string_view rest) {
    if (rest.starts_with("<!--")) {
      const std::size_t end = rest.substr(0, kMaxTag).find("-->");
      return end == std::string_view::npos ? 0 : end + 3;
    }
    const std::size_t end = rest.substr(0, kMaxTag).find('>');
    if (end == std::string_view::npos) return 0;
    std::string_view inside = rest.substr(1, end - 1);
    const bool closes = inside.starts_with('/');
    if (closes) inside.remove_prefix(1);
    const auto length = static_cast<std::size_t>(
        std::find_if_not(inside.begin(), inside.end(), IsAlnum) - inside.begin());
    const std::string name = absl::AsciiStrToLower(Absl(inside.substr(0, length)));
    const std::string_view attributes = inside.substr(length);
    if (!attributes.empty() && attributes[0] != ' ' && attributes[0] != '/') return 0;
    if (const Mark* const mark = MarkNamed(name)) {
      markdown_ += mark->markdown;
    } else if (name == "a") {
      WriteAnchor(closes, AttributeOf(attributes, "href"));
    } else if (name == "img") {
      WriteImage(attributes);
    } else if (std::find(kDropped.begin(), kDropped.end(), name) != kDropped.end()) {
      lost_.Add(std::string(kLostMarkup));
    } else {
      return 0;
    }
    return end + 1;
  }

  void WriteAnchor(bool closes, std::string_view address) {
    if (closes && !anchor_.empty()) {
      markdown_ += "](" + std::exchange(anchor_, {}) + ")";
    } else if (!closes && !address.empty() && anchor_.empty()) {
      markdown_ += '[';
      anchor_ = address;
    }
  }

  void WriteImage(std::string_view attributes) {
    const std::string_view address = AttributeOf(attributes, "src");
    const std::string_view name = AttributeOf(attributes, "alt");
    if (IsUpload(address)) {
      WriteFile(name.empty() ? address.substr(address.rfind('/') + 1) : name, "");
    } else {
      markdown_ += "![" + Escaped(name) + "](" + std::string(address) + ")";
    }
  }

  std::size_t ReadEmoji(std::string_view rest) {
    if (at_ > 0 && IsAlnum(line_[at_ - 1])) return 0;
    const std::size_t end = rest.substr(0, importing::kMaxEmojiName + 2).find(':', 1);
    if (end == std::string_view::npos) return 0;
    const std::string_view emoji = importing::EmojiNamed(rest.substr(1, end - 1));
    markdown_ += emoji;
    return emoji.empty() ? 0 : end + 1;
  }

  std::string_view line_;
  importing::Lost& lost_;
  std::size_t at_ = 0;
  CodeSpans code_;
  std::string markdown_;
  std::string anchor_;  // the address of a link that is open
};

}  // namespace

std::string InlineFromDiscourse(std::string_view line, importing::Lost& lost) {
  return InlineReader(line, lost).Read();
}

}  // namespace guildhall::discourse
