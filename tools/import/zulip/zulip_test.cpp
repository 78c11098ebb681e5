// The whole of this folder against the renderer that readers will see its results through.
#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <random>

#include "libs/testing/seeded_random.h"
#include "services/discussions/domain/markdown.h"
#include "services/discussions/domain/topic.h"
#include "tools/import/archive/archive_files.h"
#include "tools/import/text_limit.h"
#include "tools/import/zulip/archive_reader.h"
#include "tools/import/zulip/html_to_markdown.h"
#include "tools/import/zulip/html_words_fixture.h"
#include "tools/import/zulip/topic_file.h"

namespace guildhall::zulip {
namespace {

// What a reader of the imported post sees.
std::string RenderedWords(const std::string& markdown) {
  const auto html = discussions::MarkdownToHtml(markdown);
  return html.ok() ? WithSingleSpaces(discussions::HtmlToText(*html)) : "refused";
}

// Whether discussions takes it for a post, as it does not what shows nothing.
bool IsTaken(const std::string& markdown) {
  return discussions::RenderNew("markdown", markdown).ok();
}

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
    if (words.empty()) continue;
    REQUIRE(RenderedWords(markdown) == words);
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

TEST_CASE("a real archive reads the same after the import") {
  const char* const path = std::getenv("GUILDHALL_ZULIP_ARCHIVE");
  if (path == nullptr) {
    WARN("GUILDHALL_ZULIP_ARCHIVE names no archive: only messages of our own were compared");
    return;
  }
  auto files = importing::ArchiveFiles::Open(path, importing::EndsIn(".json"));
  REQUIRE(files.ok());
  HtmlToMarkdown convert("");
  int posts = 0;
  int differ = 0;
  for (;;) {
    const auto file = (*files)->Next();
    REQUIRE(file.ok());
    if (!*file) break;
    const auto topic = ParseTopicFile((*file)->bytes);
    REQUIRE(topic.ok());
    for (const RawPost& post : *topic) {
      const std::string words = WordsOf(post.html);
      std::string markdown = convert.Convert(post.html);
      ++posts;
      differ += !words.empty() && RenderedWords(markdown) != words;
      importing::CutToLimit(markdown);
      CAPTURE(markdown);
      REQUIRE(IsTaken(markdown));
    }
  }
  WARN(posts << " posts, " << differ << " read differently");
  CHECK(differ * 1000 <= posts);
}

}  // namespace
}  // namespace guildhall::zulip
