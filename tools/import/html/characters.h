#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace guildhall::html {

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsAlnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IsDigit(c);
}
inline bool IsPunctuation(char c) { return c > ' ' && c < 0x7F && !IsAlnum(c); }
inline bool IsSpaceOrEnd(char c) { return c == ' ' || c == '\n' || c == '\0'; }

// The byte at `i`, or 0 behind the end.
inline char At(std::string_view text, std::size_t i) { return i < text.size() ? text[i] : '\0'; }

// Where the character (code point) behind the one at `at` begins.
std::size_t NextCharacter(std::string_view text, std::size_t at);

// Where the last character of `text`, which is not empty, begins.
std::size_t LastCharacter(std::string_view text);

// The character as HTML and Markdown refer to it: "&#233;".
std::string Reference(std::string_view character);

// Whether every reader of Markdown takes the character for part of a word. Symbols are punctuation
// to some of them.
bool IsOfWord(std::string_view character);

// Whether every reader takes it for the edge of a word; so is the end of a text, "".
bool IsEdge(std::string_view character);

}  // namespace guildhall::html
