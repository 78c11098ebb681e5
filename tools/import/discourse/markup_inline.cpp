#include "tools/import/discourse/markup_inline.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "absl/strings/ascii.h"
#include "libs/base/strings.h"
#include "tools/import/archive/emoji_names.h"
#include "tools/import/archive/loss_words.h"
#include "tools/import/discourse/inline_reader.h"
#include "tools/import/discourse/link_target.h"
#include "tools/import/discourse/mention.h"
#include "tools/import/html/address.h"

namespace guildhall::discourse {
namespace {

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

}  // namespace

std::string InlineReader::Read() {
  const std::string_view defined = DefinedAddress(line_);
  if (!defined.empty() && !html::IsLinkable(defined)) lost_.Add(importing::LinkLoss(defined));
  while (at_ < line_.size()) {
    const std::size_t taken = ReadAt(line_.substr(at_));
    at_ += taken > 0 ? taken : Copy(1);
  }
  WriteAnchorEnd();
  LosePictures(importing::PictureLoss);
  return std::move(markdown_);
}

std::size_t InlineReader::ReadAt(std::string_view rest) {
  switch (rest[0]) {
    case '\\':
      return Copy(std::min<std::size_t>(rest.size(), 2));
    case '`':
      return Copy(code_.LengthAt(rest));
    case '!':
      return rest.starts_with("![") ? ReadPicture(rest) : 0;
    case '[':
      return ReadOpening(rest);
    case ']':
      return ReadClosing(rest);
    case '<':
      return ReadElement(rest);
    case ':':
      return ReadEmoji(rest);
    case '@':
      return ReadMention();
    case 'h':
    case 'H':
    case 'w':
    case 'W':
      return Copy(LengthOfBareAddress(rest));
    default:
      return 0;
  }
}

std::size_t InlineReader::Copy(std::size_t length) {
  markdown_ += line_.substr(at_, length);
  return length;
}

std::size_t InlineReader::ReadMention() {
  const std::string_view name = MentionAt(line_, at_);
  if (!name.empty()) lost_.Add(importing::MentionLoss(line_.substr(at_, 1 + name.size())));
  return Copy(1 + name.size());
}

// [b], [date=…], [spoiler]
std::size_t InlineReader::ReadTag(std::string_view rest) {
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

std::size_t InlineReader::ReadDate(const BracketTag& tag) {
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

std::size_t InlineReader::ReadElement(std::string_view rest) {
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
  if (!closes && attributes.starts_with(':')) return ReadAutolink(inside, length);
  if (!attributes.empty() && attributes[0] != ' ' && attributes[0] != '/') return 0;
  if (const Mark* const mark = MarkNamed(name)) {
    markdown_ += mark->markdown;
  } else if (name == "a" && closes) {
    WriteAnchorEnd();
  } else if (name == "a") {
    WriteAnchor(AttributeOf(attributes, "href"));
  } else if (name == "img") {
    WriteImage(attributes);
  } else if (std::find(kDropped.begin(), kDropped.end(), name) != kDropped.end()) {
    lost_.Add(std::string(kLostMarkup));
  } else {
    return 0;
  }
  return end + 1;
}

std::size_t InlineReader::ReadEmoji(std::string_view rest) {
  if (at_ > 0 && IsAlnum(line_[at_ - 1])) return 0;
  const std::size_t end = rest.substr(0, importing::kMaxEmojiName + 2).find(':', 1);
  if (end == std::string_view::npos) return 0;
  const std::string_view emoji = importing::EmojiNamed(rest.substr(1, end - 1));
  markdown_ += emoji;
  return emoji.empty() ? 0 : end + 1;
}

std::string InlineFromDiscourse(std::string_view line, importing::Lost& lost) {
  return InlineReader(line, lost).Read();
}

}  // namespace guildhall::discourse
