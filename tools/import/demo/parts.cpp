#include "tools/import/demo/parts.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/base/strings.h"

namespace guildhall::demo {
namespace {

constexpr int kDeepestHeading = 3;

// 1 to 3 for "# x" to "### x", else 0.
int HeadingLevel(std::string_view line) {
  const std::size_t level = line.find_first_not_of('#');
  if (level == 0 || level > kDeepestHeading || level >= line.size()) return 0;
  return line[level] == ' ' ? static_cast<int>(level) : 0;
}

std::string_view Trim(std::string_view text) { return Std(absl::StripAsciiWhitespace(Absl(text))); }

std::string WithoutEmptyEnds(std::string_view text) {
  const std::size_t first = text.find_first_not_of('\n');
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of('\n') - first + 1));
}

}  // namespace

std::vector<Part> CutAtHeadings(std::string_view file) {
  std::vector<Part> parts(1);
  bool in_fence = false;
  int number = 0;
  for (const absl::string_view piece : absl::StrSplit(Absl(file), '\n')) {
    const std::string_view line = Std(piece);
    ++number;
    if (Trim(line).starts_with("```")) in_fence = !in_fence;
    const int level = in_fence ? 0 : HeadingLevel(line);
    if (level == 0) {
      absl::StrAppend(&parts.back().text, Absl(line), "\n");
    } else {
      parts.push_back({level, number, std::string(Trim(line.substr(level))), ""});
    }
  }
  for (Part& part : parts) part.text = WithoutEmptyEnds(part.text);
  if (parts.front().text.empty()) parts.erase(parts.begin());
  return parts;
}

std::optional<std::string> Facts::Take(std::string_view key) {
  const auto found = std::find_if(values.begin(), values.end(),
                                  [key](const auto& value) { return value.first == key; });
  if (found == values.end()) return std::nullopt;
  std::string value = std::move(found->second);
  values.erase(found);
  return value;
}

std::vector<std::string> Facts::TakeAll(std::string_view key) {
  std::vector<std::string> taken;
  while (std::optional<std::string> value = Take(key)) taken.push_back(std::move(*value));
  return taken;
}

Facts TakeFacts(std::string_view text, std::string_view bullet) {
  Facts facts;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::size_t colon = line.find(':');
    if (line.starts_with(bullet) && colon != std::string_view::npos) {
      facts.values.emplace_back(Trim(line.substr(2, colon - 2)), Trim(line.substr(colon + 1)));
    } else if (line.starts_with("  ") && !facts.values.empty()) {
      absl::StrAppend(&facts.values.back().second, " ", Absl(Trim(line)));
    } else {
      break;
    }
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  facts.rest = WithoutEmptyEnds(text);
  return facts;
}

std::vector<std::string> SplitList(std::string_view value) {
  std::vector<std::string> entries;
  for (const absl::string_view entry : absl::StrSplit(Absl(value), ',')) {
    entries.emplace_back(absl::StripAsciiWhitespace(entry));
  }
  if (entries.size() == 1 && entries.front().empty()) entries.clear();
  return entries;
}

}  // namespace guildhall::demo
