#include "tools/import/html/characters.h"

namespace guildhall::html {
namespace {

bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

char32_t CodePoint(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character[0]);
  if (lead < 0x80) return lead;
  char32_t value = lead & (lead >= 0xF0 ? 0x07 : lead >= 0xE0 ? 0x0F : 0x1F);
  for (const char c : character.substr(1)) {
    value = value << 6 | (static_cast<unsigned char>(c) & 0x3F);
  }
  return value;
}

}  // namespace

std::size_t NextCharacter(std::string_view text, std::size_t at) {
  do {
    ++at;
  } while (at < text.size() && IsContinuation(text[at]));
  return at;
}

std::size_t LastCharacter(std::string_view text) {
  std::size_t at = text.size();
  do {
    --at;
  } while (at > 0 && IsContinuation(text[at]));
  return at;
}

std::string Reference(std::string_view character) {
  return "&#" + std::to_string(CodePoint(character)) + ";";
}

// Without signs of Latin-1, punctuation, arrows, mathematics and pictures.
bool IsOfWord(std::string_view character) {
  if (character.empty()) return false;
  if (IsAscii(character[0])) return IsAlnum(character[0]);
  const char32_t c = CodePoint(character);
  return c >= 0xC0 && c != 0xD7 && c != 0xF7 && (c < 0x2000 || c > 0x303F) && c < 0xFE00;
}

bool IsEdge(std::string_view character) {
  return character.empty() || (IsAscii(character[0]) && !IsAlnum(character[0]));
}

}  // namespace guildhall::html
