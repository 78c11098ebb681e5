#include "tools/import/html/html_to_markdown.h"

#include <catch2/catch.hpp>

namespace guildhall::html {
namespace {

std::string Convert(std::string_view html) { return HtmlToMarkdown("").Convert(html); }

std::vector<std::string> LostOf(std::string_view html) {
  HtmlToMarkdown convert("");
  convert.Convert(html);
  return convert.TakeLost();
}

TEST_CASE("paragraphs, line breaks and white space") {
  CHECK(Convert("<p>a  b\n c<br>\nd</p>\n<p>e</p>") == "a b c\\\nd\n\ne");
  CHECK(Convert("<p><br>a<br></p>") == "a");
  CHECK(Convert("a&nbsp; b") == "a b");
}

TEST_CASE("marks enclose words, not the spaces at their edge") {
  CHECK(Convert("<p>a<strong> b </strong>c <em></em><del>d</del></p>") == "a **b** c ~~d~~");
  CHECK(Convert("<p><em>a</em><em>b</em> <strong><em>c</em></strong></p>") == "*ab* ***c***");
}

TEST_CASE("a mark that would not stick to its word gets a reference beside it") {
  CHECK(Convert("<p>see<em>(a)</em>now</p>") == "se&#101;*(a)*&#110;ow");
  CHECK(Convert("<p>x<strong>b</strong>y, <em>(a)</em>.</p>") == "x**b**y, *(a)*.");
}

TEST_CASE("what Markdown would read as a mark is escaped, and only that") {
  CHECK(Convert("<p>*a* _b_ c_d `e` ~f~ [g](h) &lt;i&gt; &amp;amp; j|k \\[ \\l 2 * 3</p>") ==
        "\\*a\\* \\_b\\_ c_d \\`e\\` \\~f\\~ [g\\](h) \\<i> \\&amp; j|k \\\\[ \\l 2 * 3");
  CHECK(Convert("<p># a<br>\n- b<br>\n1. c<br>\n&gt; d<br>\n=e<br>\n+1 f<br>\n2.5 g #h</p>") ==
        "\\# a\\\n\\- b\\\n1\\. c\\\n\\> d\\\n\\=e\\\n+1 f\\\n2.5 g #h");
  CHECK(Convert(
            "<p>no! <a href=\"https://a.b\">image</a> no!<a href=\"https://a.b\">image</a></p>") ==
        "no! [image](https://a.b) no\\![image](https://a.b)");
}

// The renderer's parser takes any sign for the start of an address's scheme (CommonMark 6.5: a
// letter).
TEST_CASE("no less-than sign begins an address") {
  CHECK(Convert("<p>&lt;#a:b&gt; &lt;-b:c&gt; 1 &lt; 2</p>") == "\\<#a:b> \\<-b:c> 1 < 2");
}

TEST_CASE("code spans keep what is in them") {
  CHECK(Convert("<p><code>a*b</code> <code>``</code> <code>`c</code></p>") ==
        "`a*b` ``` `` ``` `` `c ``");
  CHECK(Convert("<p><code>a</code><code>b</code> <code> </code></p>") == "`ab`");
}

TEST_CASE("code blocks keep their language and lose Zulip's colours") {
  CHECK(Convert("<div class=\"codehilite\" data-code-language=\"C++\"><pre><span></span><code>"
                "<span class=\"n\">a</span>\n\n  b &lt; c\n</code></pre></div>") ==
        "```c++\na\n\n  b < c\n```");
  CHECK(Convert("<pre>```</pre>") == "````\n```\n````");
}

TEST_CASE("lists keep their numbers, nest, and do not run together") {
  CHECK(Convert("<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n<li><p>c</p><p>d</p></li></ul>") ==
        "- a\n  - b\n\n- c\n\n  d");
  CHECK(Convert("<ol start=\"9\"><li>a</li><li>b<pre>c</pre></li></ol><ol><li>d</li></ol>") ==
        "9. a\n10. b\n\n    ```\n    c\n    ```\n\n1) d");
}

TEST_CASE("quotes, headings and rules") {
  CHECK(Convert("<blockquote>\n<p>a</p>\n<blockquote><p>b</p></blockquote></blockquote><p>c</p>") ==
        "> a\n>\n> > b\n\nc");
  CHECK(Convert("<h2>a <code>b</code></h2><hr><p>c</p>") == "## a `b`\n\n___\n\nc");
}

TEST_CASE("tables keep alignment and bars") {
  CHECK(Convert("<table><thead><tr><th>a</th><th style=\"text-align: right;\">b</th></tr></thead>"
                "<tbody><tr><td>1|2</td><td><code>c|d</code><br>e</td></tr></tbody></table>") ==
        "| a | b |\n| --- | ---: |\n| 1\\|2 | `c\\|d` e |");
}

TEST_CASE("links are linked, those to the server only if it is known") {
  const char* const html =
      "<p><a href=\"https://a.b/(c)?d&amp;e\">f</a> <a href=\"https://a.b\">https://a.b</a> "
      "<a href=\"/#narrow/x\">g</a> <a href=\"#narrow/y\">h</a> <a href=\"javascript:i\">j</a></p>";
  CHECK(Convert(html) == "[f](https://a.b/%28c%29?d&amp;e) <https://a.b> g h j");
  CHECK(HtmlToMarkdown("https://chat.example/").Convert(html) ==
        "[f](https://a.b/%28c%29?d&amp;e) <https://a.b> [g](https://chat.example/#narrow/x) "
        "[h](https://chat.example/#narrow/y) j");
  CHECK(Convert("<p><a href=\"HTTPS://A.b\">c</a> <a href=\"https://\">d</a></p>") ==
        "[c](HTTPS://A.b) d");
}

TEST_CASE("mentions are bold, emoji themselves, times their words") {
  CHECK(Convert("<p><span class=\"user-mention\" data-user-id=\"1\">@Ada Lovelace</span> "
                "<span class=\"emoji emoji-1f1eb-1f1ee\">:flag:</span> "
                "<img alt=\":own:\" class=\"emoji\" src=\"/x.png\"> "
                "<time datetime=\"2022-03-26T14:00:00Z\">today</time></p>") ==
        "**@Ada Lovelace** 🇫🇮 :own: today");
}

TEST_CASE("emoji that are pictures are themselves where their names are known") {
  CHECK(Convert("<p><img alt=\":smile:\" class=\"emoji\" src=\"/x.png\"> "
                "<img alt=\":our_own:\" class=\"emoji\" src=\"/y.png\"> "
                "<img alt=\"smile\" class=\"emoji\"></p>") == "😄 :our_own: smile");
}

TEST_CASE("whoever is mentioned is named, once a message") {
  CHECK(LostOf("<p><span class=\"user-mention\">@Ada</span>, <span class=\"user-mention silent\">"
               "Ben</span>, <span class=\"user-group-mention\">@ops</span>, "
               "<span class=\"topic-mention\">@topic</span>: <span class=\"user-mention\">@Ada\n"
               "</span> <a class=\"stream\" href=\"https://x.y/#narrow/1\">#talk</a></p>") ==
        std::vector<std::string>{"mention of @Ada: its words", "mention of Ben: its words",
                                 "mention of @ops: its words", "mention of @topic: its words"});
}

TEST_CASE("a mention that has no mark of its own is its words, and named") {
  const char* const html = "<p><em>a <span class=\"mention\">@Ada</span></em></p>";
  CHECK(Convert(html) == "*a @Ada*");
  CHECK(LostOf(html) == std::vector<std::string>{"mention of @Ada: its words"});
}

TEST_CASE("a picture is named, and whether a link to it is left") {
  CHECK(LostOf("<p><img src=\"https://a.b/c.png\" alt=\"c\"> <img src=\"/d.png\"> <img alt=\"e\">"
               "<a href=\"https://a.b\"><img src=\"https://a.b/f.png\" alt=\"f\"></a></p>") ==
        std::vector<std::string>{"picture https://a.b/c.png: a link to where it is",
                                 "picture /d.png: only its words",
                                 "picture without an address: only its words",
                                 "picture https://a.b/f.png: only its words"});
}

TEST_CASE("a loss is a line, whatever the address") {
  CHECK(LostOf("<p><a href=\"/x\ny\">a</a></p>") ==
        std::vector<std::string>{"link to /x y: only its words"});
}

TEST_CASE("formulas are TeX") {
  const std::string katex =
      "<span class=\"katex\"><span class=\"katex-mathml\"><math><semantics><mrow>x</mrow>"
      "<annotation encoding=\"application/x-tex\"> x_1 </annotation></semantics></math></span>"
      "<span class=\"katex-html\">x1</span></span>";
  CHECK(Convert("<p>a " + katex + ".</p>") == "a $`x_1`$.");
  CHECK(Convert("<p><span class=\"katex-display\">" + katex + "</span></p>") ==
        "```math\n x_1 \n```");
}

TEST_CASE("a spoiler is its words and a quote") {
  CHECK(Convert("<div class=\"spoiler-block\"><div class=\"spoiler-header\">\n<p>a</p>\n</div>"
                "<div class=\"spoiler-content\" aria-hidden=\"true\"><p>b</p></div></div>") ==
        "a\n\n> b");
}

TEST_CASE("previews are left out unless nothing else leads to what they show") {
  const std::string preview =
      "<div class=\"message_inline_image\"><a href=\"https://a.b/c.png\"><img "
      "src=\"/t\"></a></div>";
  CHECK(Convert("<p><a href=\"https://a.b/c.png\">pic</a></p>" + preview) ==
        "[pic](https://a.b/c.png)");
  CHECK(Convert("<p>x</p>" + preview) == "x\n\n<https://a.b/c.png>");
}

TEST_CASE("whatever comes, something is said") {
  CHECK(Convert("") == "*(no text)*");
  CHECK(Convert("<p></p><!-- a -->") == "*(no text)*");
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "<blockquote><em>";
  CHECK_FALSE(Convert(deep + "a").empty());
}

}  // namespace
}  // namespace guildhall::html
