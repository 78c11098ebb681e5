#include <algorithm>
#include <cctype>
#include <utility>

#include "tools/import/archive/loss_words.h"
#include "tools/import/discourse/inline_reader.h"
#include "tools/import/discourse/link_target.h"
#include "tools/import/html/address.h"

// Links, pictures and files of a line, and what is lost of them: the renderer of discussions makes
// links of addresses that may be one, words of others, and of a picture what it makes of a link; a
// link within another is its words.

namespace guildhall::discourse {
namespace {

// What is longer is text.
constexpr std::size_t kMaxLabel = 1000;

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

// What is in brackets with an address behind: `[name|690x388](address)`.
struct Labelled {
  std::string_view name;
  LinkTarget target;
  std::string_view written;  // of the target, as it stands
  std::size_t length = 0;    // of all of it
};

std::optional<Labelled> LabelledAt(std::string_view text) {
  const std::size_t close = text.substr(0, kMaxLabel).find(']');
  if (close == std::string_view::npos) return std::nullopt;
  const std::string_view behind = text.substr(close + 1);
  const std::optional<LinkTarget> target = LinkTargetAt(behind);
  if (!target) return std::nullopt;
  const std::string_view label = text.substr(1, close - 1);
  return Labelled{label.substr(0, label.find('|')), *target, behind.substr(0, target->length),
                  close + 1 + target->length};
}

}  // namespace

std::size_t InlineReader::ReadOpening(std::string_view rest) {
  std::size_t taken = ReadTag(rest);
  if (taken == 0) taken = ReadUpload(rest);
  if (taken > 0) return taken;
  if (anchor_.empty()) {
    ++open_brackets_;
    return Copy(1);
  }
  markdown_ += "\\[";
  return 1;
}

// The end of brackets, and where they lead if they are a link.
std::size_t InlineReader::ReadClosing(std::string_view rest) {
  if (!anchor_.empty()) {
    markdown_ += "\\]";
    return 1;
  }
  if (open_brackets_ == 0) return 0;
  --open_brackets_;
  const std::optional<LinkTarget> target = LinkTargetAt(rest.substr(1));
  if (target && html::IsLinkable(target->address)) {
    LosePictures(importing::UnlinkedPictureLoss);
  } else {
    if (open_brackets_ == 0) LosePictures(importing::PictureLoss);
    if (target && !target->address.empty()) lost_.Add(importing::LinkLoss(target->address));
  }
  return Copy(1 + (target ? target->length : 0));
}

// `[name|attachment](upload://…) (240 KB)`
std::size_t InlineReader::ReadUpload(std::string_view rest) {
  if (rest.starts_with("[!")) return 0;
  const std::optional<Labelled> link = LabelledAt(rest);
  if (!link || !IsUpload(link->target.address)) return 0;
  WriteFile(link->name, link->target.address, rest.substr(link->length));
  return link->length;
}

// `![name|690x388](address)`
std::size_t InlineReader::ReadPicture(std::string_view rest) {
  rest.remove_prefix(1);
  const std::optional<Labelled> picture = LabelledAt(rest);
  if (!picture) {
    LosePictureByReference(rest);
    return 0;
  }
  const std::string_view address = picture->target.address;
  if (IsUpload(address)) {
    WriteFile(picture->name, address, rest.substr(picture->length));
  } else {
    LosePicture(address);
    // Without words a picture that no link leads to would show nothing.
    const bool nameless = picture->name.empty() && !html::IsLinkable(address);
    markdown_ += "![";
    markdown_ += nameless ? Escaped(importing::LossName(address)) : std::string(picture->name);
    markdown_ += ']';
    markdown_ += picture->written;
  }
  return 1 + picture->length;
}

// `![name][1]`, of which the address stands elsewhere.
void InlineReader::LosePictureByReference(std::string_view rest) {
  const std::size_t close = rest.substr(0, kMaxLabel).find("][");
  if (close == std::string_view::npos) return;
  const std::string_view behind = rest.substr(close + 1, kMaxLabel);
  const std::size_t end = behind.find(']');
  if (end == std::string_view::npos) return;
  const bool same = end == 1;  // as `![name][]` says
  lost_.Add(importing::PictureLoss(same ? rest.substr(0, close + 1) : behind.substr(0, end + 1)));
}

// `<ftp://x.y>`: an address with a scheme of that length.
std::size_t InlineReader::ReadAutolink(std::string_view address, std::size_t scheme) {
  constexpr std::size_t kShortest = 2;  // CommonMark 0.30 section 6.5
  if (scheme < kShortest || address.find_first_of(" \t<") != std::string_view::npos) return 0;
  if (!html::IsLinkable(address)) lost_.Add(importing::LinkLoss(address));
  return Copy(address.size() + 2);
}

// `behind` may begin with its size in parentheses.
void InlineReader::WriteFile(std::string_view label, std::string_view address,
                             std::string_view behind) {
  const std::string_view name = label.empty() ? address.substr(address.rfind('/') + 1) : label;
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

void InlineReader::WriteAnchor(std::string_view address) {
  if (address.empty() || !anchor_.empty()) return;
  if (!html::IsLinkable(address)) return lost_.Add(importing::LinkLoss(address));
  markdown_ += '[';
  anchor_ = address;
}

// At the end of the line at the latest: what Markdown has open there would be text.
void InlineReader::WriteAnchorEnd() {
  if (anchor_.empty()) return;
  markdown_ += "](" + html::Destination(std::exchange(anchor_, {})) + ")";
}

void InlineReader::WriteImage(std::string_view attributes) {
  const std::string_view address = AttributeOf(attributes, "src");
  const std::string_view name = AttributeOf(attributes, "alt");
  if (IsUpload(address)) return WriteFile(name, address, "");
  LosePicture(address);
  if (html::IsLinkable(address)) {
    markdown_ += "![" + Escaped(name) + "](" + html::Destination(address) + ")";
  } else {
    markdown_ += Escaped(name.empty() ? address : name);
  }
}

void InlineReader::LosePicture(std::string_view address) {
  if (!html::IsLinkable(address) || !anchor_.empty()) {
    lost_.Add(importing::UnlinkedPictureLoss(address));
  } else {
    pictures_.push_back(address);
  }
}

void InlineReader::LosePictures(std::string (*loss)(std::string_view address)) {
  for (const std::string_view address : std::exchange(pictures_, {})) lost_.Add(loss(address));
}

}  // namespace guildhall::discourse
