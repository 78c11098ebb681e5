#include <optional>

#include "tools/import/archive/emoji_names.h"
#include "tools/import/archive/loss_words.h"
#include "tools/import/html/address.h"
#include "tools/import/html/element.h"
#include "tools/import/html/emoji.h"
#include "tools/import/html/message.h"

namespace guildhall::html {
namespace {

// Deeper elements are read as their characters.
constexpr int kMaxDepth = 128;

bool IsBoldMention(const xmlNode* span) {
  return HasClass(span, "user-mention") || HasClass(span, "user-group-mention") ||
         HasClass(span, "topic-mention");
}

std::string TexOf(const xmlNode* katex) {
  return TextOf(FindElement(katex, [](const xmlNode* node) { return Name(node) == "annotation"; }));
}

std::optional<InlineText::Mark> MarkOf(std::string_view name) {
  if (name == "em" || name == "i") return InlineText::kEmphasis;
  if (name == "strong" || name == "b") return InlineText::kStrong;
  if (name == "del" || name == "s" || name == "strike") return InlineText::kStrike;
  return std::nullopt;
}

// What older archives have as a picture, by its name between colons; others are that name.
std::string EmojiDescribed(std::string description) {
  const std::string_view name = description;
  if (name.size() < 3 || !name.starts_with(':') || !name.ends_with(':')) return description;
  const std::string_view emoji = importing::EmojiNamed(name.substr(1, name.size() - 2));
  return emoji.empty() ? description : std::string(emoji);
}

}  // namespace

void Message::AddWordsIn(const xmlNode* parent, InlineText& words, int depth) {
  for (const xmlNode* child = parent->children; child != nullptr; child = child->next) {
    AddWords(child, words, depth + 1);
  }
}

void Message::AddWords(const xmlNode* node, InlineText& words, int depth) {
  const std::string_view name = Name(node);
  if (IsText(node)) {
    words.Text(Characters(node));
  } else if (name.empty()) {
    return;
  } else if (depth > kMaxDepth) {
    words.Text(TextOf(node));
  } else if (const std::optional<InlineText::Mark> mark = MarkOf(name)) {
    words.Open(*mark);
    AddWordsIn(node, words, depth);
    words.Close();
  } else if (name == "br") {
    words.Break();
  } else if (name == "code") {
    words.Code(TextOf(node));
  } else if (name == "a") {
    AddLink(node, words, depth);
  } else if (name == "img") {
    AddPicture(node, words);
  } else if (name == "span") {
    AddSpan(node, words, depth);
  } else {
    AddWordsIn(node, words, depth);
  }
}

void Message::AddSpan(const xmlNode* span, InlineText& words, int depth) {
  if (HasClass(span, "katex")) {
    words.Math(TexOf(span));
  } else if (HasClass(span, "emoji")) {
    words.Text(EmojiOf(Attribute(span, "class")).value_or(TextOf(span)));
  } else if (IsBoldMention(span)) {
    words.Open(InlineText::kStrong);
    AddMention(span, words);
    words.Close();
  } else if (HasClass(span, "mention")) {
    AddMention(span, words);
  } else {
    AddWordsIn(span, words, depth);
  }
}

void Message::AddMention(const xmlNode* span, InlineText& words) {
  const std::string mentioned = TextOf(span);
  words.Text(mentioned);
  if (!importing::LossName(mentioned).empty()) lost_.Add(importing::MentionLoss(mentioned));
}

bool Message::AddLinkTo(const std::string& address, InlineText& words,
                        const std::function<void()>& add_content) {
  const std::string target = Resolve(address);
  const bool linked = IsLinkable(target) && !words.IsInLink();
  if (linked) words.OpenLink(target);
  add_content();
  if (linked) words.CloseLink();
  return linked;
}

void Message::LoseLink(const std::string& address) {
  if (!address.empty()) lost_.Add(importing::LinkLoss(address));
}

void Message::AddLink(const xmlNode* link, InlineText& words, int depth) {
  const std::string address = Attribute(link, "href");
  linked_.insert(address);
  if (!AddLinkTo(address, words, [&] { AddWordsIn(link, words, depth); })) LoseLink(address);
}

void Message::AddPicture(const xmlNode* picture, InlineText& words) {
  const std::string description = Attribute(picture, "alt");
  if (HasClass(picture, "emoji")) {
    words.Text(EmojiDescribed(description));
    return;
  }
  const std::string address = Attribute(picture, "src");
  const bool linked =
      AddLinkTo(address, words, [&] { words.Text(description.empty() ? address : description); });
  lost_.Add(linked ? importing::PictureLoss(address) : importing::UnlinkedPictureLoss(address));
}

std::string Message::Resolve(std::string address) const {
  const bool relative =
      address.starts_with('/') ? !address.starts_with("//") : address.starts_with('#');
  if (site_.empty() || !relative) return address;
  return site_ + (address.starts_with('#') ? "/" : "") + address;
}

}  // namespace guildhall::html
