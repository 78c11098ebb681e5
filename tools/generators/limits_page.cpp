#include "tools/generators/limits_page.h"

#include <optional>
#include <regex>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "tools/generators/html.h"

namespace guildhall::generators {
namespace {

struct Limit {
  std::string name;
  std::string value;
  std::string reason;
};

// kMaxPostsPerTopic -> "max posts per topic".
std::string InWords(const std::string& constant) {
  std::string words;
  for (const char c : constant.substr(1)) {
    if (absl::ascii_isupper(c) && !words.empty()) words += ' ';
    words += absl::ascii_tolower(c);
  }
  return words;
}

// 10000 or 10'000 -> "10,000".
std::string Grouped(const std::string& number) {
  const std::string digits = absl::StrReplaceAll(number, {{"'", ""}});
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

std::string OfText(const std::string& rule) {
  std::smatch found;
  const auto number = [&](const char* field) {
    const bool there =
        std::regex_search(rule, found, std::regex(absl::StrCat("\\.", field, " = ([0-9']+)")));
    return there ? found[1].str() : "0";
  };
  return absl::StrCat(Grouped(number("min_length")), " to ", Grouped(number("max_length")),
                      " characters, ",
                      absl::StrContains(rule, "kLines") ? "several lines" : "one line");
}

std::string OfTime(const std::string& unit, int count) {
  const bool days = unit == "Hours" && count > 24 && count % 24 == 0;
  if (days) return absl::StrCat(count / 24, " days");
  std::string name = absl::AsciiStrToLower(unit);
  if (count == 1) name.pop_back();
  return absl::StrCat(count, " ", name);
}

// What `declaration`, from `inline constexpr` to the semicolon, says; nothing if it is of no known
// form.
std::optional<Limit> Read(const std::string& declaration) {
  static const std::regex kText(R"(inline constexpr TextRule (k\w+)\{(.*)\};)");
  static const std::regex kPlain(R"(inline constexpr [\w:]+ (k\w+) = (.*);)");
  static const std::regex kNumber(R"([0-9']+)");
  static const std::regex kAnother(R"(k[A-Z]\w*)");
  static const std::regex kSize(R"((KiB|MiB)\(([0-9']+)\))");
  static const std::regex kTime(R"(absl::(Seconds|Minutes|Hours)\(([0-9]+)(?: \* ([0-9]+))?\))");
  std::smatch found, value;
  if (std::regex_match(declaration, found, kText)) {
    return Limit{InWords(found[1]), OfText(found[2]), ""};
  }
  if (!std::regex_match(declaration, found, kPlain)) return std::nullopt;
  Limit limit{InWords(found[1]), "", ""};
  const std::string expression = found[2];
  if (std::regex_match(expression, kNumber)) {
    limit.value = Grouped(expression);
  } else if (std::regex_match(expression, kAnother)) {
    limit.value = absl::StrCat("as ", InWords(expression));
  } else if (std::regex_match(expression, value, kSize)) {
    limit.value = absl::StrCat(Grouped(value[2]), " ", value[1].str());
  } else if (std::regex_match(expression, value, kTime)) {
    limit.value =
        OfTime(value[1], std::stoi(value[2]) * (value[3].matched ? std::stoi(value[3]) : 1));
  } else {
    return std::nullopt;
  }
  return limit;
}

absl::StatusOr<std::vector<Limit>> LimitsIn(const LimitsFile& file) {
  std::vector<Limit> limits;
  std::string comment, declaration;
  for (const auto line : absl::StrSplit(file.text, '\n')) {
    const std::string words(absl::StripAsciiWhitespace(line));
    if (declaration.empty() && words.empty()) comment.clear();
    if (absl::StartsWith(words, "//")) {
      absl::StrAppend(&comment, words.substr(2), "\n");
    } else if (!declaration.empty() || absl::StartsWith(words, "inline constexpr")) {
      absl::StrAppend(&declaration, declaration.empty() ? "" : " ", words);
    }
    if (declaration.empty() || !absl::EndsWith(declaration, ";")) continue;
    std::optional<Limit> limit = Read(declaration);
    if (!limit) {
      return absl::InvalidArgumentError(
          absl::StrCat("limits of ", file.service, ": cannot read \"", declaration,
                       "\"; teach it to tools/generators/limits_page.cpp"));
    }
    limit->reason = std::exchange(comment, "");
    limits.push_back(*std::move(limit));
    declaration.clear();
  }
  return limits;
}

}  // namespace

absl::StatusOr<std::string> LimitsPage(std::span<const LimitsFile> files) {
  std::string body =
      "<p>What is longer, larger or more is refused with a reason that names the field; nothing is "
      "cut off. Characters are Unicode code points.</p>\n";
  for (const LimitsFile& file : files) {
    GUILDHALL_ASSIGN(const std::vector<Limit> limits, LimitsIn(file));
    absl::StrAppend(&body, "<h2>", Escape(file.service), "</h2>\n<table>\n");
    for (const Limit& limit : limits) {
      absl::StrAppend(&body, "<tr><td>", Escape(limit.name), "<td>", Escape(limit.value), "<td>",
                      Paragraphs(limit.reason, {}));
    }
    body += "</table>\n";
  }
  return Page("Guildhall: limits", body);
}

}  // namespace guildhall::generators
