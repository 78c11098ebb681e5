#include "services/discussions/domain/html.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "discussions/entities.h"

namespace guildhall::discussions {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr char32_t kMaxCodePoint = 0x10FFFF;

// How many bytes of `rest`, which begins with E2, are one bidirectional control that is left out; 0
// if none.
std::size_t BidiControlSize(std::string_view rest) {
  if (rest.size() < 3) return 0;
  const bool embedding = rest[1] == '\x80' && rest[2] >= '\xAA' && rest[2] <= '\xAE';
  const bool isolate = rest[1] == '\x81' && rest[2] >= '\xA6' && rest[2] <= '\xA9';
  return embedding || isolate ? 3 : 0;
}

// What stands for the byte at the start of `rest`, and how many bytes it replaces; none: itself.
struct Escape {
  std::string_view text;
  std::size_t replaced = 0;
};

Escape EscapeOf(std::string_view rest) {
  const auto byte = static_cast<unsigned char>(rest[0]);
  switch (byte) {
    case '&':
      return {"&amp;", 1};
    case '<':
      return {"&lt;", 1};
    case '>':
      return {"&gt;", 1};
    case '\n':
    case '\t':
      return {};
    case 0x7F:
      return {kReplacement, 1};
    case 0xC2:
      if (rest.size() > 1 && rest[1] == '\xA0') return {"&nbsp;", 2};
      return {};
    case 0xE2:
      return {"", BidiControlSize(rest)};
    default:
      return byte < 0x20 ? Escape{kReplacement, 1} : Escape{};
  }
}

std::optional<char32_t> ParseNumber(std::string_view digits, int base) {
  std::uint32_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

}  // namespace

void AppendHtmlText(std::string_view text, std::string& out) {
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size();) {
    const Escape escape = EscapeOf(text.substr(i));
    if (escape.replaced == 0) {
      ++i;
      continue;
    }
    out.append(text, done, i - done).append(escape.text);
    i += escape.replaced;
    done = i;
  }
  out.append(text, done);
}

void AppendUtf8(char32_t code_point, std::string& out) {
  const auto put = [&](char32_t lead, int shift) {
    out += static_cast<char>(lead | (code_point >> shift));
    while ((shift -= 6) >= 0) out += static_cast<char>(0x80 | ((code_point >> shift) & 0x3F));
  };
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (code_point == 0 || surrogate || code_point > kMaxCodePoint) {
    out += kReplacement;
  } else if (code_point < 0x80) {
    put(0, 0);
  } else if (code_point < 0x800) {
    put(0xC0, 6);
  } else if (code_point < 0x10000) {
    put(0xE0, 12);
  } else {
    put(0xF0, 18);
  }
}

void AppendReference(std::string_view reference, std::string& out) {
  const std::string_view name = reference.substr(1, reference.size() - 2);
  if (name.starts_with('#')) {
    const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    const auto number = ParseNumber(name.substr(hex ? 2 : 1), hex ? 16 : 10);
    AppendUtf8(number.value_or(0), out);
    return;
  }
  const auto found =
      std::lower_bound(std::begin(kEntities), std::end(kEntities), name,
                       [](const Entity& e, std::string_view n) { return e.name < n; });
  const bool known = found != std::end(kEntities) && found->name == name;
  out += known ? found->text : reference;
}

}  // namespace guildhall::discussions
