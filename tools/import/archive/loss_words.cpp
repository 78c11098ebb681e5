#include "tools/import/archive/loss_words.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/strings.h"
#include "libs/base/text.h"

namespace guildhall::importing {
namespace {

constexpr int kMostNameLength = 100;
constexpr int kMostAddressLength = 500;

// How many bytes the character has that `text` begins with; 0 where that is none.
std::size_t LengthOfCharacter(std::string_view text) {
  for (std::size_t length = 1; length <= std::min<std::size_t>(text.size(), 4); ++length) {
    if (IsStorableUtf8(text.substr(0, length))) return length;
  }
  return 0;
}

// In one line.
std::string Shortened(std::string_view text, int most_characters) {
  // Twice what a code point has, so that none that counts is cut apart.
  constexpr std::size_t kMostBytes = 8;
  std::string line =
      Storable(text.substr(0, kMostBytes * static_cast<std::size_t>(most_characters)));
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < ' '; }, ' ');
  return std::string(CutText(Std(absl::StripAsciiWhitespace(line)), most_characters));
}

std::string AddressName(std::string_view address) {
  return address.empty() ? "without an address" : Shortened(address, kMostAddressLength);
}

}  // namespace

std::string LossName(std::string_view text) { return Shortened(text, kMostNameLength); }

std::string FileLoss(std::string_view name, std::uint64_t size_bytes) {
  const std::string shown = LossName(name);
  std::string loss = absl::StrCat("file ", shown.empty() ? "without a name" : shown);
  if (size_bytes >= 1'000'000) {
    absl::StrAppend(&loss, " (", size_bytes / 1'000'000, " MB)");
  } else if (size_bytes > 0) {
    absl::StrAppend(&loss, " (", (size_bytes + 999) / 1000, " KB)");
  }
  return loss;
}

std::string MentionLoss(std::string_view words) {
  return absl::StrCat("mention of ", LossName(words), ": its words");
}

std::string LinkLoss(std::string_view address) {
  return absl::StrCat("link to ", AddressName(address), ": only its words");
}

std::string PictureLoss(std::string_view address) {
  return absl::StrCat("picture ", AddressName(address), ": a link to where it is");
}

std::string UnlinkedPictureLoss(std::string_view address) {
  return absl::StrCat("picture ", AddressName(address), ": only its words");
}

std::string Storable(std::string_view text) {
  if (IsStorableUtf8(text)) return std::string(text);
  std::string storable;
  while (!text.empty()) {
    const std::size_t length = LengthOfCharacter(text);
    if (length == 0) {
      storable += "\xEF\xBF\xBD";
    } else {
      storable += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return storable;
}

}  // namespace guildhall::importing
