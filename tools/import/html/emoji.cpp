#include "tools/import/html/emoji.h"

#include <charconv>
#include <cstdint>

namespace guildhall::html {
namespace {

constexpr std::string_view kPrefix = "emoji-";
constexpr std::uint32_t kMaxCodePoint = 0x10FFFF;

void AppendUtf8(std::uint32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  const std::uint32_t lead = more == 1 ? 0xC0 : more == 2 ? 0xE0 : 0xF0;
  out += static_cast<char>(lead | (c >> 6 * more));
  for (int i = more - 1; i >= 0; --i) out += static_cast<char>(0x80 | (c >> 6 * i & 0x3F));
}

}  // namespace

std::optional<std::string> EmojiOf(std::string_view classes) {
  const std::size_t at = classes.find(kPrefix);
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view codes = classes.substr(at + kPrefix.size());
  codes = codes.substr(0, codes.find(' '));
  std::string emoji;
  while (!codes.empty()) {
    std::uint32_t code = 0;
    const auto [end, error] = std::from_chars(codes.data(), codes.data() + codes.size(), code, 16);
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (error != std::errc() || code < 0x20 || code > kMaxCodePoint || surrogate)
      return std::nullopt;
    AppendUtf8(code, emoji);
    codes.remove_prefix(static_cast<std::size_t>(end - codes.data()));
    if (codes.starts_with('-')) codes.remove_prefix(1);
  }
  if (emoji.empty()) return std::nullopt;
  return emoji;
}

}  // namespace guildhall::html
