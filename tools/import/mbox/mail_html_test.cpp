#include "tools/import/mbox/mail_html.h"

#include <array>
#include <catch2/catch.hpp>

#include "tools/import/html/html_to_markdown.h"
#include "tools/import/html/reading_fixture.h"

namespace guildhall::mbox {
namespace {

std::string Markdown(std::string_view text, LineEnds ends = LineEnds::kFixed) {
  return html::HtmlToMarkdown("").Convert(HtmlOfPlainText(text, ends));
}

TEST_CASE("lines stay lines, quotes quotes") {
  CHECK(Markdown("Hi,\r\nall *of* you\n\nbye\n-- \nAda") ==
        "Hi,\\\nall \\*of\\* you\n\nbye\n\n\\--\\\nAda");
  CHECK(Markdown("On Monday Ben wrote:\n> > first\n>> more\n> second\n\nthird") ==
        "On Monday Ben wrote:\n\n> > first\\\n> > more\n>\n> second\n\nthird");
}

TEST_CASE("lines that flow are joined") {
  CHECK(Markdown("one \ntwo\nthree \n-- \nAda\n > x", LineEnds::kFlowed) ==
        "one two\\\nthree\n\n\\--\\\nAda\\\n\\> x");
  CHECK(Markdown("> one \n> two\n", LineEnds::kFlowed) == "> one two");
}

TEST_CASE("addresses are links, without the sign behind them") {
  CHECK(Markdown("see https://x.y/_a_?b=1&c, or (http://z).") ==
        "see [https://x.y/\\_a\\_?b=1&c](https://x.y/_a_?b=1&amp;c), or (<http://z>).");
}

TEST_CASE("what is laid out and patches are as they are") {
  CHECK(Markdown("name    size\na       10") == "```\nname    size\na       10\n```");
  CHECK(Markdown("    x = 1\n    y = 2\n\nwords") == "```\n    x = 1\n    y = 2\n```\n\nwords");
  CHECK(Markdown("fix\n\ndiff --git a/x b/x\n@@ -1 +1 @@\n-a\n\n+b\n-- \n2.1") ==
        "fix\n\n```\ndiff --git a/x b/x\n@@ -1 +1 @@\n-a\n\n+b\n```\n\n\\--\\\n2.1");
}

TEST_CASE("of HTML the body is read") {
  CHECK(BodyOfHtml("<head><title>t</title></HEAD><style>p{}</style><p>a</p><!-- b --><i>c</i>") ==
        "<p>a</p><i>c</i>");
  CHECK(BodyOfHtml("<style>open <p>a") == "<style>open <p>a");
}

TEST_CASE("whatever is written reads the same") {
  static constexpr std::array kPieces = {"a",           "b ",    "*",      "_",    "> ",
                                         ">",           "\n",    "\n\n",   "    ", "   ",
                                         "\t",          "-- \n", "- ",     "1. ",  "https://x.y/_",
                                         "<b>",         "&amp;", "é",      "|",    "#",
                                         "```",         "@@ -1", "[x](y)", "~",    "\\",
                                         "diff --git ", " ",     "("};
  html::RequireSameReading({kPieces, 14}, [](const std::string& text, auto& random) {
    return HtmlOfPlainText(text, random.Below(2) == 0 ? LineEnds::kFixed : LineEnds::kFlowed);
  });
}

}  // namespace
}  // namespace guildhall::mbox
