#include <array>
#include <catch2/catch.hpp>
#include <random>
#include <vector>

#include "services/discussions/domain/markdown.h"

namespace guildhall::discussions {
namespace {

bool Contains(const std::vector<std::string_view>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// The tag between < and >, checked against the closed list; empty if it is not on it.
std::string_view AllowedName(std::string_view tag) {
  static const std::vector<std::string_view> kPlain = {
      "p",  "h1",   "h2",  "h3",     "h4",  "h5",    "h6",    "blockquote", "ul", "li", "hr", "br",
      "em", "code", "pre", "strong", "del", "table", "thead", "tbody",      "tr", "th", "td", "ol"};
  const std::string_view name = tag.substr(0, tag.find(' '));
  const std::string_view rest = tag.substr(name.size());
  const bool quoted = std::count(rest.begin(), rest.end(), '"') % 2 == 0 && rest.ends_with('"');
  if (rest.empty()) return Contains(kPlain, name) ? name : "";
  if (name == "a") {
    return rest.starts_with(" href=\"") && rest.ends_with(" rel=\"nofollow ugc noopener\"") ? name
                                                                                            : "";
  }
  const bool known = (name == "ol" && rest.starts_with(" start=\"")) ||
                     (name == "code" && rest.starts_with(" class=\"")) ||
                     ((name == "th" || name == "td") && rest.starts_with(" align=\""));
  return known && quoted ? name : "";
}

// Why `html` is not well-formed by the closed list; empty when it is.
std::string Fault(std::string_view html) {
  std::vector<std::string_view> open;
  for (auto at = html.find('<'); at != html.npos; at = html.find('<', at + 1)) {
    const std::string_view tag = html.substr(at + 1, html.find('>', at) - at - 1);
    if (tag.starts_with('/')) {
      if (open.empty() || open.back() != tag.substr(1)) return "misplaced " + std::string(tag);
      open.pop_back();
      continue;
    }
    const std::string_view name = AllowedName(tag);
    if (name.empty()) return "not allowed: " + std::string(tag);
    if (name == "a" && Contains(open, "a")) return "nested links";
    if (name != "br" && name != "hr") open.push_back(name);
  }
  return open.empty() ? "" : "unclosed " + std::string(open.back());
}

// Text made of what the parser, the sanitizer or the writer might trip over.
std::string Tangle(std::mt19937& random) {
  static constexpr std::array kParts = {"a",       " ",        "\n",          "\n\n",
                                        "*",       "**",       "_",           "`",
                                        "``",      "[",        "]",           "(",
                                        ")",       "<",        ">",           "> ",
                                        "- ",      "1. ",      "    ",        "|",
                                        "~~",      "!",        "![",          "](",
                                        "|---|\n", "&amp;",    "&#60;",       "\\",
                                        "\"",      "# ",       "```\n",       "](https://b.c)",
                                        "www.b.c", "<https:",  "://b.c>",     "$`",
                                        "`$",      "$",        "<p>",         "](javascript:a)",
                                        "</p>",    "[a]: b\n", "<!--",        "&nbsp",
                                        "\u202E",  "x@y.z",    "\\\n",        "[a]: https://b.c\n",
                                        "\t",      "---\n",    "<a href=\"b", "'",
                                        "é",       "&#0;&lt;", "<svg/",       "https://b.c/\"<"};
  std::string text;
  for (auto n = random() % 40; n > 0; --n) text += kParts[random() % kParts.size()];
  return text;
}

TEST_CASE("whatever is written, the HTML is well-formed and of the closed list") {
  const auto seed = std::random_device()();
  CAPTURE(seed);
  std::mt19937 random(seed);
  for (int i = 0; i < 20000; ++i) {
    const std::string text = Tangle(random);
    const auto html = MarkdownToHtml(text);
    const std::string fault = html.ok() ? Fault(*html) : "refused";
    if (!fault.empty()) FAIL(fault << " in " << text);
  }
}

TEST_CASE("what is not of the closed list is found by the check above") {
  CHECK(Fault("<p>a</p>").empty());
  CHECK(!Fault("<p>a").empty());
  CHECK(!Fault("<p><em>a</p></em>").empty());
  CHECK(!Fault("<p onclick=\"a\">b</p>").empty());
  CHECK(!Fault("<img src=\"a\">").empty());
}

TEST_CASE("a span that the parser leaves without entering it closes nothing") {
  const auto html = MarkdownToHtml("](https://a.b/)(# ![]([``*!)<# ](javascript:alert(1))");
  REQUIRE(html.ok());
  CHECK(Fault(*html).empty());
}

}  // namespace
}  // namespace guildhall::discussions
