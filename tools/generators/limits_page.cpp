#include "tools/generators/limits_page.h"

#include <map>
#include <optional>
#include <regex>
#include <set>
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

// absl::Hours(30 * 24) -> "30 days".
std::optional<std::string> OfTime(const std::string& expression) {
  static const std::regex kTime(
      R"(absl::(Milliseconds|Seconds|Minutes|Hours)\(([0-9]+)(?: \* ([0-9]+))?\))");
  std::smatch found;
  if (!std::regex_match(expression, found, kTime)) return std::nullopt;
  const std::string unit = found[1];
  const int count = std::stoi(found[2]) * (found[3].matched ? std::stoi(found[3]) : 1);
  const bool days = unit == "Hours" && count > 24 && count % 24 == 0;
  if (days) return absl::StrCat(count / 24, " days");
  std::string name = absl::AsciiStrToLower(unit);
  if (count == 1) name.pop_back();
  return absl::StrCat(count, " ", name);
}

// What the fields of a rule of identity/domain/throttle.h say.
std::optional<std::string> OfThrottle(const std::string& rule) {
  static const std::regex kRule(
      R"(\s*\.free = ([0-9']+), \.drain_per_hour = ([0-9']+), \.first_delay = (.*), )"
      R"(\.max_delay = (.*))");
  std::smatch found;
  if (!std::regex_match(rule, found, kRule)) return std::nullopt;
  const std::optional<std::string> first = OfTime(found[3]), most = OfTime(found[4]);
  if (!first || !most) return std::nullopt;
  return absl::StrCat(Grouped(found[1]), " at once, ", Grouped(found[2]),
                      " an hour in the long run; beyond, a wait of ", *first,
                      " that doubles up to ", *most);
}

// What `declaration`, from `inline constexpr` to the semicolon, says; nothing if it is of no known
// form.
std::optional<Limit> Read(const std::string& declaration) {
  static const std::regex kText(R"(inline constexpr TextRule (k\w+)\{(.*)\};)");
  static const std::regex kThrottle(R"(inline constexpr ThrottleRule (k\w+)\{(.*)\};)");
  static const std::regex kPlain(R"(inline constexpr [\w:]+ (k\w+) = (.*);)");
  static const std::regex kNumber(R"([0-9']+)");
  static const std::regex kAnother(R"(k[A-Z]\w*)");
  static const std::regex kSize(R"((KiB|MiB)\(([0-9']+)\))");
  std::smatch found, value;
  if (std::regex_match(declaration, found, kText)) {
    return Limit{InWords(found[1]), OfText(found[2]), ""};
  }
  if (std::regex_match(declaration, found, kThrottle)) {
    const std::optional<std::string> rule = OfThrottle(found[2]);
    if (!rule) return std::nullopt;
    return Limit{InWords(found[1]), *rule, ""};
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
  } else if (const std::optional<std::string> time = OfTime(expression)) {
    limit.value = *time;
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

// list_topics.cpp -> "ListTopics".
std::string MethodOf(const std::string& file) {
  std::string method;
  for (const auto word : absl::StrSplit(file.substr(0, file.find('.')), '_')) {
    absl::StrAppend(&method, std::string(1, absl::ascii_toupper(word[0])), word.substr(1));
  }
  return method;
}

// "30, at most 100" by the name of the constant.
std::map<std::string, std::string> PageSizesIn(const std::string& text) {
  static const std::regex kSize(
      R"(constexpr rpc::PageSize (k\w+)\{\.usual = ([0-9]+), \.most = ([0-9]+)\};)");
  std::map<std::string, std::string> sizes;
  for (auto it = std::sregex_iterator(text.begin(), text.end(), kSize);
       it != std::sregex_iterator(); ++it) {
    sizes[(*it)[1]] = absl::StrCat((*it)[2].str(), ", at most ", (*it)[3].str());
  }
  return sizes;
}

// Those that a file answers: the one after which it is named, and lists beside it.
std::set<std::string> MethodsOf(const ApiFile& file) {
  static const std::regex kList(R"(v1::(List\w+)Response)");
  std::set<std::string> methods{MethodOf(file.name)};
  for (auto it = std::sregex_iterator(file.text.begin(), file.text.end(), kList);
       it != std::sregex_iterator(); ++it) {
    methods.insert((*it)[1]);
  }
  return methods;
}

// By method.
std::map<std::string, std::string> PagesOf(const std::string& service,
                                           std::span<const ApiFile> api) {
  std::map<std::string, std::string> shared, pages;
  for (const ApiFile& file : api) {
    if (file.service == service && absl::EndsWith(file.name, ".h")) {
      shared.merge(PageSizesIn(file.text));
    }
  }
  for (const ApiFile& file : api) {
    if (file.service != service || !absl::EndsWith(file.name, ".cpp")) continue;
    std::map<std::string, std::string> sizes = PageSizesIn(file.text);
    for (const auto& [name, size] : shared) {
      if (absl::StrContains(file.text, absl::StrCat(name, ")"))) sizes[name] = size;
    }
    for (const auto& [name, size] : sizes) {
      for (const std::string& method : MethodsOf(file)) pages[method] = size;
    }
  }
  return pages;
}

std::string PagesTable(const std::map<std::string, std::string>& pages) {
  if (pages.empty()) return "";
  std::string table = "<table>\n<tr><th>items of a page<th>if not asked for otherwise\n";
  for (const auto& [method, size] : pages) {
    absl::StrAppend(&table, "<tr><td>", Escape(method), "<td>", Escape(size), "\n");
  }
  return table + "</table>\n";
}

}  // namespace

absl::StatusOr<std::string> LimitsPage(std::span<const LimitsFile> files,
                                       std::span<const ApiFile> api) {
  std::string body =
      "<p>What is longer, larger or more is refused with a reason that names the field, and never "
      "cut "
      "off; of a page or a quota that is asked too large, the largest is answered. Characters are "
      "Unicode code points.</p>\n";
  for (auto file = files.begin(); file != files.end(); ++file) {
    GUILDHALL_ASSIGN(const std::vector<Limit> limits, LimitsIn(*file));
    const bool first = file == files.begin() || (file - 1)->service != file->service;
    const bool last = file + 1 == files.end() || (file + 1)->service != file->service;
    if (first) absl::StrAppend(&body, "<h2>", Escape(file->service), "</h2>\n");
    body += "<table>\n";
    for (const Limit& limit : limits) {
      absl::StrAppend(&body, "<tr><td>", Escape(limit.name), "<td>", Escape(limit.value), "<td>",
                      Paragraphs(limit.reason, {}));
    }
    body += "</table>\n";
    if (last) body += PagesTable(PagesOf(file->service, api));
  }
  return Page("Guildhall: limits", body);
}

}  // namespace guildhall::generators
