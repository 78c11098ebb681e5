#include "tools/import/source/fitting.h"

#include <optional>

#include "libs/base/text.h"

namespace guildhall::importing {
namespace {

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The characters of `text` one by one, without those that no field takes.
std::string Plain(std::string_view text, TextRule::Shape shape) {
  std::string plain;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin + 1;
    while (end < text.size() && IsContinuation(text[end])) ++end;
    const std::string_view character = text.substr(begin, end - begin);
    const bool is_line_end = character == "\n" && shape == TextRule::kLines;
    // Between letters: what stands at an end may be cut off unseen.
    std::string between = "a";
    between.append(character).append("a");
    const bool fits = TidyText("", between, {.max_length = 4, .shape = shape}).ok();
    if (is_line_end || fits) plain += character;
    if (!is_line_end && !fits && character.size() == 1) plain += ' ';
    begin = end;
  }
  return plain;
}

std::optional<std::string> Tidy(std::string_view text, TextRule rule) {
  // Whatever the length: it is cut where a character ends.
  rule.max_length = static_cast<int>(text.size()) + 1;
  const auto tidy = TidyText("", text, rule);
  return tidy.ok() ? std::optional(*tidy) : std::nullopt;
}

std::string Fit(std::string_view text, const TextRule& rule) {
  const TextRule any{.max_length = 0, .shape = rule.shape};
  std::optional<std::string> tidy = Tidy(text, any);
  if (!tidy) tidy = Tidy(Plain(text, rule.shape), any);
  if (!tidy) return "";
  const std::string_view cut = CutText(*tidy, rule.max_length);
  return Tidy(cut, any).value_or("");
}

}  // namespace

std::string Fitting(std::string_view text, int max_length) {
  const std::string name = Fit(text, {.max_length = max_length});
  return name.empty() || IsBlank(name) ? "Unnamed" : name;
}

std::string FittingLines(std::string_view text, int max_length) {
  return Fit(text, {.max_length = max_length, .shape = TextRule::kLines});
}

}  // namespace guildhall::importing
