#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace guildhall::importing {

// The longest Markdown of a post (guildhall/discussions/v1/discussions_service.proto).
inline constexpr std::size_t kMostTextBytes = 64 << 10;

// Cuts `text`, which is UTF-8, between two characters where it is longer than a post may be, and
// writes "…" behind it. True if it did: whoever imports is told, since the rest stays behind.
inline bool CutToLimit(std::string& text) {
  constexpr std::string_view kMore = "\n\n…";
  if (text.size() <= kMostTextBytes) return false;
  std::size_t end = kMostTextBytes - kMore.size();
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
  text += kMore;
  return true;
}

}  // namespace guildhall::importing
