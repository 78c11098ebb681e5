// HTML of chance as Markdown, rendered as readers will see it, against the words of the HTML.
#include <array>
#include <catch2/catch.hpp>
#include <random>

#include "libs/testing/seeded_random.h"
#include "tools/import/html/html_to_markdown.h"
#include "tools/import/html/html_words_fixture.h"
#include "tools/import/html/shown_fixture.h"

namespace guildhall::html {
namespace {

// A message of marks around text of what Markdown might take for marks.
std::string Tangle(std::mt19937_64& random) {
  static constexpr std::array kTexts = {
      "a",   "b ",      " c",    "é", "1.", "2) ",   "- ",    "+",        "*",        "**",
      "_",   "__",      "`",     "~", "~~", "[",     "]",     "](x",      "!",        "\\",
      "#",   "# ",      "|",     "$", "=",  "&gt; ", "&lt;b", "&amp;lt;", "&amp;#1;", ":",
      "---", "www.x.y", "x@y.z", "→", "。", " ",     "\n",    "<br>\n",   "\"",       "'"};
  static constexpr std::array kMarks = {"em", "strong", "del", "code", "em", "strong"};
  std::string html = "<p>";
  for (auto n = random() % 8; n > 0; --n) {
    const auto mark = random() % 12;
    std::string words;
    for (auto m = random() % 5; m > 0; --m) words += kTexts[random() % kTexts.size()];
    if (mark == 11) {
      html += "<a href=\"https://x.y/_(z)_\">" + words + "</a>";
    } else if (mark < kMarks.size()) {
      const std::string tag = kMarks[mark];
      html += "<" + tag + ">" + words + "</" + tag + ">";
    } else {
      html += words;
    }
  }
  return html + "</p>";
}

TEST_CASE("a message reads the same after the import") {
  const std::uint64_t seed = testing::SeedOr(std::random_device()());
  INFO("repeat with GUILDHALL_SEED=" << seed);
  std::mt19937_64 random(seed);
  HtmlToMarkdown convert("");
  for (int i = 0; i < 20000; ++i) {
    const std::string html = Tangle(random);
    const std::string words = WordsOf(html);
    const std::string markdown = convert.Convert(html);
    CAPTURE(html, markdown);
    REQUIRE(IsTaken(markdown));
    REQUIRE(RenderedWords(markdown) == (words.empty() ? "(no text)" : words));
  }
}

TEST_CASE("a message that shows nothing says so") {
  HtmlToMarkdown convert("");
  for (const char* const html :
       {"", "<p></p>", "<p>&#8203;</p>", "<p><em>&#8203;</em></p>", "<p>&nbsp; &#173;</p>",
        "<p><code>&#8203;</code></p>", "<p><a href=\"https://x.y\">&#8203;</a></p>",
        "<ul><li>&#8203;</li></ul>", "<blockquote><p>&#8203;</p></blockquote>", "<h1>&#8203;</h1>",
        "<table><thead><tr><th>&#8203;</th></tr></thead></table>",
        "<table><tr>a<td></td></tr></table>", "<ul>a<li></li></ul>", "<ul>a<li>&#8203;</li></ul>",
        "<pre><span></span><code>\n</code></pre>", "<div class=\"codehilite\"><pre>\n</pre></div>",
        "<div class=\"spoiler-block\"><div class=\"spoiler-header\"></div></div>"}) {
    CAPTURE(html);
    const std::string markdown = convert.Convert(html);
    CHECK(RenderedWords(markdown) == "(no text)");
    CHECK(IsTaken(markdown));
  }
}

}  // namespace
}  // namespace guildhall::html
