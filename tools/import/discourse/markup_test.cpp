#include "tools/import/discourse/markup.h"

#include <array>
#include <catch2/catch.hpp>
#include <random>

#include "absl/strings/str_join.h"
#include "libs/testing/seeded_random.h"
#include "services/discussions/domain/markdown.h"
#include "tools/import/discourse/code_spans.h"

namespace guildhall::discourse {
namespace {

std::string Markdown(std::string_view raw) { return FromDiscourse(raw).markdown; }
std::string LostOf(std::string_view raw) { return absl::StrJoin(FromDiscourse(raw).lost, "; "); }

// As readers see it.
std::string Words(std::string_view raw) {
  const auto html = discussions::MarkdownToHtml(Markdown(raw));
  return html.ok() ? discussions::HtmlToText(*html) : "refused";
}

TEST_CASE("Markdown stays, and line breaks with it") {
  CHECK(Markdown("a *b* [c](https://x.y)\r\nd\n\ne") == "a *b* [c](https://x.y)  \nd\n\ne");
  CHECK(Markdown("- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |") ==
        "- a  \n- b\n\n| x | y |  \n|---|---|  \n| 1 | 2 |");
  CHECK(Words("one\ntwo") == "one\ntwo");
  CHECK(Words("| x | y |\n|---|---|\n| 1 | 2 |") == "x\ty\n1\t2");
}

TEST_CASE("code stays as it is") {
  for (const char* const code : {"```ruby\n[quote]:tada:<b>\n\n```", "~~~\n[b]\n~~~",
                                 "    [b]x[/b]", "`[b] :tada: <b>`", "``a ` [b]``"}) {
    CHECK(Markdown(code) == code);
  }
  CHECK(Markdown("```\n[b]\n```\n[b]x[/b]") == "```\n[b]\n```\n**x**");
  CHECK(Markdown("`a [b]x[/b]") == "`a **x**");
}

TEST_CASE("code that never ends is looked for once") {
  std::string line;
  while (line.size() < 256 << 10) line += "\\`` ";
  CHECK(Markdown(line) == line);
  CodeSpans spans;
  // Behind each escaped backtick one that no single one follows.
  for (std::size_t at = 2; at < line.size(); at += 4) {
    CHECK(spans.LengthAt(std::string_view(line).substr(at)) == 1);
  }
  CHECK(spans.work() < 2 * line.size());
}

TEST_CASE("of many losses the first are named, and the others counted") {
  std::string files;
  for (int i = 0; i < 100; ++i) files += "![f" + std::to_string(i) + "](upload://x) ";
  const std::vector<std::string> lost = FromDiscourse(files + files).lost;
  REQUIRE(lost.size() == 21);
  CHECK(lost[19] == "file f19");
  CHECK(lost[20] == "and 80 more");
}

TEST_CASE("quotes are quotes under a name") {
  CHECK(Markdown("[quote=\"ada, post:3, topic:12\"]\nfirst\nline\n[/quote]\nanswer") ==
        "> **ada:**\n>\n> first  \n> line\n\nanswer");
  CHECK(LostOf("[quote=\"ada, post:3, topic:12\"]\nx\n[/quote]") == "where a quote is from");
  CHECK(Words("[quote]a[quote=\"b*\"]c[/quote]d[/quote]e") == "a\nb*:\nc\nd\ne");
  CHECK(LostOf("[quote]a[/quote]").empty());
  CHECK(Words("[details=\"More\"]\nhidden\n[/details]") == "More\nhidden");
  CHECK(LostOf("[details]x[/details]") == "that a part of it was folded");
}

TEST_CASE("what Discourse alone knows becomes words") {
  CHECK(Markdown("[date=2020-01-31 time=14:00:00 timezone=\"Europe/Berlin\"]") ==
        "2020-01-31 14:00:00 Europe/Berlin");
  CHECK(Markdown("[date-range from=2020-01-31 to=2020-02-01]") == "2020-01-31 – 2020-02-01");
  CHECK(Markdown("[b]x[/b] <i>y</i> <kbd>z</kbd> a<br>b") == "**x** *y* `z` a  \nb");
  CHECK(Markdown("[u]x[/u] H<sub>2</sub>O<!-- hidden -->") == "x H2O");
  CHECK(LostOf("[u]x[/u] H<sub>2</sub>O") == "marks that Markdown does not have");
  CHECK(Markdown("<a href=\"https://x.y\">z</a> <unknown> 1 < 2 > 1") ==
        "[z](https://x.y) <unknown> 1 < 2 > 1");
  CHECK(Markdown("[spoiler]x[/spoiler]") == "x");
  CHECK(Markdown(":tada: 10:30:45 a:x:b \\:x:") == "🎉 10:30:45 a:x:b \\:x:");
  CHECK(Words("[poll type=regular]\n* A\n* B\n[/poll]") == "A\nB");
  CHECK(LostOf("[poll]\n* A\n[/poll]") == "a poll: its options stay, its votes do not");
}

TEST_CASE("uploads leave their names") {
  const char* const raw =
      "![chart_1|690x388](upload://a.png) [plan.pdf|attachment](upload://b.pdf) (240 KB)";
  CHECK(Markdown(raw) == "*File: chart\\_1* *File: plan.pdf* (240 KB)");
  CHECK(LostOf(raw) == "file chart_1; file plan.pdf (240 KB)");
  CHECK(Markdown("![a|10x10](https://x.y/z.png)") == "![a](https://x.y/z.png)");
  CHECK(Markdown("[![a|9x9](upload://a.png)](https://x.y)") == "[*File: a*](https://x.y)");
  CHECK(Markdown("<img src=\"/uploads/1/b.png\">") == "*File: b.png*");
}

// The address of the only link that readers see; empty: they see none.
std::string LinkOf(std::string_view raw) {
  const std::string html = *discussions::MarkdownToHtml(Markdown(raw));
  const std::size_t begin = html.find("href=\"");
  if (begin == std::string::npos) return "";
  return html.substr(begin + 6, html.find('"', begin + 6) - begin - 6);
}

TEST_CASE("mentions stay as they are, and are named once") {
  const char* const raw = "@ada, (@ben.c-d_e) **_@cyd_** @ada. > @Ünal… @ada!";
  CHECK(Markdown(raw) == raw);
  CHECK(LostOf(raw) ==
        "mention of @ada: its words; mention of @ben.c-d_e: its words; "
        "mention of @cyd: its words; mention of @Ünal: its words");
  const std::string longest(60, 'x');
  CHECK(LostOf("@" + longest) == "mention of @" + longest + ": its words");
}

TEST_CASE("what only looks like a mention is none") {
  for (const char* const raw :
       {"ada@x.org", "a_@b", "é@b", "\\@ada", "`@ada`", "```\n@ada\n```", "    @ada", "@", "@ ada",
        "@-", "@.", "@_", "https://x.y/@ada/z", "see www.x.y/@ada.", "[a](https://x.y/@ada)",
        "<https://x.y/@ada>", "![a](https://x.y/@ada)", "<a href=\"https://x.y/@ada\">a</a>",
        "<mailto:@ada>"}) {
    CAPTURE(raw);
    CHECK(LostOf(raw).find("mention") == std::string::npos);
  }
  CHECK(LostOf("@" + std::string(61, 'x')).empty());
}

TEST_CASE("a picture is a link to where it is") {
  CHECK(LostOf("![a|9x9](https://x.y/z.png) <img src=\"https://x.y/(w).png\" alt=\"b\">") ==
        "picture https://x.y/z.png: a link to where it is; "
        "picture https://x.y/(w).png: a link to where it is");
  CHECK(LinkOf("![a](https://x.y/z.png \"title\")") == "https://x.y/z.png");
  CHECK(LinkOf("<img src=\"https://x.y/(w] v)).png\">") == "https://x.y/%28w]%20v%29%29.png");
  CHECK(Words("<img src=\"https://x.y/z.png\">") == "https://x.y/z.png");
}

TEST_CASE("a picture that no link leads to is its words") {
  CHECK(Words("![a](/images/z.png) <img src=\"/w.png\" alt=\"*b*\"> ![](v.png) <img>") ==
        "a *b* v.png");
  CHECK(LostOf("![a](/images/z.png) <img src=\"/w.png\" alt=\"b\"> <img>") ==
        "picture /images/z.png: only its words; picture /w.png: only its words; "
        "picture without an address: only its words");
  CHECK(LostOf("[![a](https://x.y/z.png)](https://x.y) ![b](https://x.y/w.png)") ==
        "picture https://x.y/z.png: only its words; "
        "picture https://x.y/w.png: a link to where it is");
  CHECK(LostOf("[![a](https://x.y/z.png)](/t/1)") ==
        "picture https://x.y/z.png: a link to where it is; link to /t/1: only its words");
  CHECK(LostOf("<a href=\"https://x.y\"><img src=\"https://x.y/z.png\"></a>") ==
        "picture https://x.y/z.png: only its words");
}

TEST_CASE("a link that leads nowhere here is its words, and named") {
  CHECK(Markdown("<a href=\"javascript:alert(1)\">a</a> <a href=\"/t/slug/1\">b</a>") == "a b");
  CHECK(LostOf("<a href=\"javascript:alert(1)\">a</a> <A HREF=\"/t/slug/1\">b</A>") ==
        "link to javascript:alert(1): only its words; link to /t/slug/1: only its words");
  CHECK(LostOf("[a](javascript:alert(1)) [b [c]](/t/1 \"title\") [d](<e f>) <ftp://x.y/@ada>") ==
        "link to javascript:alert(1): only its words; link to /t/1: only its words; "
        "link to e f: only its words; link to ftp://x.y/@ada: only its words");
  CHECK(Words("[a](javascript:alert(1)) [b [c]](/t/1)") == "a b [c]");
  CHECK(LostOf("[a](https://x.y) [b](HTTP://x.y) [c](mailto:a@x.y) <https://x.y> [d]()").empty());
  CHECK(LostOf("f[0](x, y) a](b) \\[a](b) `[a](b)` [a] (b) [a](b").empty());
}

TEST_CASE("what leads somewhere by reference is named where that is said") {
  CHECK(LostOf(
            "see [that][1] ![chart][2] ![plan][]\n\n[1]: /t/1 \"title\"\n[2]: https://x.y/z.png") ==
        "picture [2]: a link to where it is; picture [plan]: a link to where it is; "
        "link to /t/1: only its words");
  CHECK(LinkOf("![chart][2]\n\n[2]: https://x.y/z.png") == "https://x.y/z.png");
  CHECK(LostOf("[1]: <javascript:x>") == "link to javascript:x: only its words");
  CHECK(LostOf("[^1]: words\n[x]: more words\n[x]\n[]: x\n[1]: https://x.y\n[1]:").empty());
}

TEST_CASE("whatever an address holds, its link is one") {
  CHECK(LinkOf("<a href=\"https://x.y/a_(b) c|d`e`\">z</a>") ==
        "https://x.y/a_%28b%29%20c%7Cd%60e%60");
  CHECK(LinkOf("<a href='https://x.y/?a=1&amp;b=\"2\"'>z</a>") == "https://x.y/?a=1&amp;b=%222%22");
  CHECK(LinkOf("<a href=\"https://x.y\">a ] b [ c</a>") == "https://x.y");
  CHECK(Words("<a href=\"https://x.y\">a ] b [ c</a>") == "a ] b [ c");
  CHECK(Markdown("<a href=\"https://x.y\">a\nb</a>") == "[a](https://x.y)  \nb");
}

TEST_CASE("of an address that goes on and on the beginning is named") {
  const std::string raw = "![a](data:image/png;base64," + std::string(9000, 'A') + ")";
  CHECK(Markdown(raw) == raw);
  CHECK(LostOf(raw) ==
        "picture data:image/png;base64," + std::string(478, 'A') + ": only its words");
}

TEST_CASE("whatever is written, it is rendered") {
  static constexpr std::array kPieces = {"a",
                                         "\n",
                                         "[quote]",
                                         "[/quote]",
                                         "[quote=\"x, post:1\"]",
                                         "`",
                                         "```",
                                         "~~~\n",
                                         "    ",
                                         "![",
                                         "](upload://x)",
                                         "[",
                                         "]",
                                         "<b>",
                                         "</b>",
                                         "<a href=\"x\">",
                                         "[date=",
                                         ":x:",
                                         "|",
                                         "- ",
                                         "[details=\"",
                                         "[/details]",
                                         "[poll",
                                         "\"",
                                         "\n\n",
                                         "\\",
                                         "> ",
                                         "<img src=\"upload://x\">",
                                         "@x",
                                         "](/y)",
                                         "<a href=\"https://x.y/(\">",
                                         "</a>",
                                         "[1]: /z",
                                         "][1]",
                                         "_"};
  const std::uint64_t seed = testing::SeedOr(std::random_device()());
  INFO("repeat with GUILDHALL_SEED=" << seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 5000; ++i) {
    std::string raw;
    for (auto n = random() % 15; n > 0; --n) raw += kPieces[random() % kPieces.size()];
    CAPTURE(raw);
    const std::string markdown = Markdown(raw);
    CAPTURE(markdown);
    REQUIRE(discussions::MarkdownToHtml(markdown).ok());
    REQUIRE_FALSE(markdown.starts_with('\n'));
    REQUIRE_FALSE(markdown.ends_with('\n'));
  }
}

}  // namespace
}  // namespace guildhall::discourse
