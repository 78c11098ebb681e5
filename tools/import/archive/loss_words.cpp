#include "tools/import/archive/loss_words.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/base/strings.h"
#include "libs/base/text.h"

namespace guildhall::importing {
namespace {

constexpr int kMostNameLength = 100;

// How many bytes the character has that `text` begins with; 0 where that is none.
std::size_t LengthOfCharacter(std::string_view text) {
  for (std::size_t length = 1; length <= std::min<std::size_t>(text.size(), 4); ++length) {
    if (IsStorableUtf8(text.substr(0, length))) return length;
  }
  return 0;
}

}  // namespace

std::string FileLoss(std::string_view name, std::uint64_t size_bytes) {
  std::string line = Storable(name);
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < ' '; }, ' ');
  const std::string_view shown = CutText(line, kMostNameLength);
  std::string loss = absl::StrCat("file ", shown.empty() ? "without a name" : Absl(shown));
  if (size_bytes >= 1'000'000) {
    absl::StrAppend(&loss, " (", size_bytes / 1'000'000, " MB)");
  } else if (size_bytes > 0) {
    absl::StrAppend(&loss, " (", (size_bytes + 999) / 1000, " KB)");
  }
  return loss;
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
