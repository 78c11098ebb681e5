#include "services/discussions/domain/markdown.h"

#include <catch2/catch.hpp>

#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

std::string Html(std::string_view markdown) {
  const absl::StatusOr<std::string> html = MarkdownToHtml(markdown);
  REQUIRE(html.ok());
  return *html;
}

std::string Text(std::string_view markdown) { return HtmlToText(Html(markdown)); }

bool IsRefused(std::string_view markdown) {
  return Is(MarkdownToHtml(markdown).status(), reasons::kRenderedTooLarge);
}

std::string Repeat(std::string_view part, std::size_t bytes) {
  std::string text;
  while (text.size() + part.size() <= bytes) text += part;
  return text;
}

int CountOf(std::string_view part, std::string_view text) {
  int count = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

std::string LinkTo(std::string_view address, std::string_view words) {
  return "<a href=\"" + std::string(address) + "\" rel=\"nofollow ugc noopener\">" +
         std::string(words) + "</a>";
}

TEST_CASE("paragraphs, emphasis and code become their elements") {
  CHECK(
      Html("A *b* **c** ~~d~~ `x<y`\nnext\\\nlast") ==
      "<p>A <em>b</em> <strong>c</strong> <del>d</del> <code>x&lt;y</code>\nnext<br>\nlast</p>\n");
  CHECK(Html("## Title\n\n---\n> quote") ==
        "<h2>Title</h2>\n<hr>\n<blockquote>\n<p>quote</p>\n</blockquote>\n");
  CHECK(Html("") == "");
}

TEST_CASE("headings have six ranks") {
  std::string marks;
  for (const char* name : {"h1", "h2", "h3", "h4", "h5", "h6"}) {
    marks += '#';
    CHECK(Html(marks + " a") == std::string("<") + name + ">a</" + name + ">\n");
  }
  CHECK(Html(marks + "# a") == "<p>####### a</p>\n");
}

TEST_CASE("lists keep their start and nest") {
  CHECK(Html("7. a\n8. b\n   - c\n") ==
        "<ol start=\"7\">\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ol>\n");
  CHECK(Html("- a\n\n- b\n") == "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n");
}

TEST_CASE("tables keep their alignment and take escaped bars, in code too") {
  CHECK(Html("a|b\n:---|---:\n1\\|2|`x\\|y`") ==
        "<table>\n<thead>\n<tr>\n<th align=\"left\">a</th>\n<th align=\"right\">b</th>\n</tr>\n"
        "</thead>\n<tbody>\n<tr>\n<td align=\"left\">1|2</td>\n"
        "<td align=\"right\"><code>x|y</code></td>\n</tr>\n</tbody>\n</table>\n");
  const std::string plain = Html("a|b\n:---:|---\n");
  CHECK(plain.find("<th align=\"center\">a</th>\n<th>b</th>") != std::string::npos);
}

TEST_CASE("a code block names its language in a class when the name is harmless") {
  CHECK(Html("```C++ x\na\n```") == "<pre><code class=\"language-c++\">a\n</code></pre>\n");
  CHECK(Html("```AZ-09#\na\n```") == "<pre><code class=\"language-az-09#\">a\n</code></pre>\n");
  const std::string longest(32, 'a');
  CHECK(Html("```" + longest + "\n```") ==
        "<pre><code class=\"language-" + longest + "\"></code></pre>\n");
  CHECK(Html("```a\"b\na\n```") == "<pre><code>a\n</code></pre>\n");
  CHECK(Html("```" + std::string(33, 'a') + "\n```") == "<pre><code></code></pre>\n");
  CHECK(Html("    <b>\n") == "<pre><code>&lt;b&gt;\n</code></pre>\n");
}

TEST_CASE("raw HTML is text") {
  CHECK(Html("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
  CHECK(Html("<div>\n\na <b onclick=x>b</b> <!-- c -->") ==
        "<p>&lt;div&gt;</p>\n<p>a &lt;b onclick=x&gt;b&lt;/b&gt; &lt;!-- c --&gt;</p>\n");
}

TEST_CASE("a link leads to http, https or mailto; any other is its words") {
  CHECK(Html("[a](HTTPS://b.c/?d=1&e=\"2)") ==
        "<p>" + LinkTo("HTTPS://b.c/?d=1&amp;e=%222", "a") + "</p>\n");
  CHECK(Html("<mailto:a@b.c>") == "<p>" + LinkTo("mailto:a@b.c", "mailto:a@b.c") + "</p>\n");
  for (const char* address :
       {"javascript:alert(1)", "JaVaScRiPt&colon;alert(1)", "java&#9;script:alert(1)", "data:a",
        "&#1;https://b.c", "//b.c", "/a", "#a", "vbscript:a", "https:/b.c", "https://", "ftp://b.c",
        "<%20https://b.c>", "<&nbsp;https://b.c>", "file:///a", "blob:https://b.c"}) {
    CHECK(Html("[a](" + std::string(address) + ")") == "<p>a</p>\n");
  }
}

TEST_CASE("a link to a topic, a post or a community of the house is its name") {
  const std::string id = "018f0000-0000-7000-8000-000000000001";
  for (const std::string& name : {"topics/" + id, "topics/" + id + "/posts/" + id,
                                  "topics/" + id + "/posts/17", "communities/" + id}) {
    CHECK(Html("[a *b*](" + name + ")") ==
          "<p><span data-resource=\"" + name + "\">a <em>b</em></span></p>\n");
    CHECK(Html("[](" + name + ")") ==
          "<p><span data-resource=\"" + name + "\">" + name + "</span></p>\n");
    CHECK(Text("[a *b*](" + name + ")") == "a b");
  }
  for (const std::string& none :
       {"topics/" + id + "/", "topics/" + id + "/posts/", "topics/" + id + "/posts/017",
        "topics/" + id + "/posts/123456", "topics/" + id + "/posts/" + id + "x", "/topics/" + id,
        "topics/" + id + "?x", "communities/" + id + "/posts/1", std::string("topics/all"),
        "Topics/" + id, "topics/" + id + "/posts/-1", "sessions/" + id}) {
    CHECK(Html("[a](<" + none + ">)") == "<p>a</p>\n");
  }
}

TEST_CASE("an address is encoded so that it cannot leave its attribute") {
  CHECK(Html("[a](<https://b.c/ \"\\>\\<é\\\\^>)") ==
        "<p>" + LinkTo("https://b.c/%20%22%3E%3C%C3%A9%5C%5E", "a") + "</p>\n");
  CHECK(Html("[a](https://b.c/" + std::string(16 << 10, 'x') + ")") == "<p>a</p>\n");
}

TEST_CASE("an image is a link to it, and links do not nest") {
  CHECK(Html("![pic](https://a.b/c.png)") == "<p>" + LinkTo("https://a.b/c.png", "pic") + "</p>\n");
  CHECK(Html("[![pic](https://a.b/c.png)](https://d.e)") ==
        "<p>" + LinkTo("https://d.e", "pic") + "</p>\n");
  CHECK(Html("[![pic](https://a.b/c.png)](/d)") ==
        "<p>" + LinkTo("https://a.b/c.png", "pic") + "</p>\n");
  CHECK(Html("[https://a.b](https://d.e)") ==
        "<p>" + LinkTo("https://d.e", "https://a.b") + "</p>\n");
}

TEST_CASE("a link without words shows its address") {
  CHECK(Html("[](https://a.b/?c&d)") ==
        "<p>" + LinkTo("https://a.b/?c&amp;d", "https://a.b/?c&amp;d") + "</p>\n");
  CHECK(Html("![](/c.png)") == "<p></p>\n");
}

TEST_CASE("bare addresses become links, in code they stay") {
  CHECK(Html("see (www.a.b/c), d@e.f.") == "<p>see (" + LinkTo("http://www.a.b/c", "www.a.b/c") +
                                               "), " + LinkTo("mailto:d@e.f", "d@e.f") + ".</p>\n");
  CHECK(Html("`https://a.b`") == "<p><code>https://a.b</code></p>\n");
}

TEST_CASE("dollars around a code span make a formula, dollars elsewhere are money") {
  CHECK(Html("$`x_1 < 2`$.") == "<p><code class=\"math\">x_1 &lt; 2</code>.</p>\n");
  CHECK(Html("is $`x`$") == "<p>is <code class=\"math\">x</code></p>\n");
  CHECK(Html("$5 `a` $6 and $`b` and \\$`c`$") ==
        "<p>$5 <code>a</code> $6 and $<code>b</code> and $<code>c</code>$</p>\n");
  CHECK(Html("www.a.b$`c`$") ==
        "<p>" + LinkTo("http://www.a.b$", "www.a.b$") + "<code>c</code>$</p>\n");
}

TEST_CASE("character references are decoded, unknown names are text") {
  CHECK(Html("&eacute; &#233; &#xE9; &lt; &ngE; &foo; &#0; &#xD800; &#9999999;") ==
        "<p>é é é &lt; ≧̸ &amp;foo; � � �</p>\n");
}

TEST_CASE("a character reference names any character that there is") {
  CHECK(Html("&#65; &#x7E; &#x80; &#x7FF; &#X800; &#xFFFD; &#x10000; &#x10FFFF;") ==
        "<p>A ~ \u0080 \u07FF \u0800 \uFFFD \U00010000 \U0010FFFF</p>\n");
  CHECK(Html("&#x110000; &#xDFFF; &#x;") == "<p>\uFFFD \uFFFD &amp;#x;</p>\n");
}

TEST_CASE("tasks of a list have boxes, in lists alone") {
  const std::string open = "<span data-task=\"open\">☐</span> ";
  const std::string done = "<span data-task=\"done\">☑</span> ";
  CHECK(Html("- [ ] *knead*\n- [x] weigh\n- [X] sift\n- [y] bake\n") ==
        "<ul>\n<li>" + open + "<em>knead</em></li>\n<li>" + done + "weigh</li>\n<li>" + done +
            "sift</li>\n<li>[y] bake</li>\n</ul>\n");
  CHECK(Html("1. [x] weigh\n\n2. [ ] sift\n") == "<ol>\n<li>\n<p>" + done +
                                                     "weigh</p>\n</li>\n<li>\n<p>" + open +
                                                     "sift</p>\n</li>\n</ol>\n");
  CHECK(Html("- [ ] bake\n  - [x] weigh\n") ==
        "<ul>\n<li>" + open + "bake\n<ul>\n<li>" + done + "weigh</li>\n</ul>\n</li>\n</ul>\n");
  CHECK(Html("[x] weigh") == "<p>[x] weigh</p>\n");
  CHECK(Text("- [x] weigh\n- [ ] sift") == "☑ weigh\n☐ sift");
}

TEST_CASE("no-break spaces are written as browsers write them") {
  CHECK(Html("a\u00A0b&nbsp;c") == "<p>a&nbsp;b&nbsp;c</p>\n");
}

TEST_CASE("control characters do not pass, nor those that reorder the text after them") {
  CHECK(Html("a\x01\x1B\x7F&#13;b") == "<p>a����b</p>\n");
  CHECK(Html("a\u202E\u2066b\u200Fc `\u202D`") == "<p>ab\u200Fc <code></code></p>\n");
}

TEST_CASE("nesting beyond the limit keeps its words and loses its tags") {
  const std::string quotes = Html(Repeat("> ", 100) + "deep");
  CHECK(CountOf("<blockquote>", quotes) == 32);
  CHECK(CountOf("</blockquote>", quotes) == 32);
  const std::string lists = Html(Repeat("- ", 100) + "deep");
  CHECK(CountOf("<li>", lists) == 32);
  CHECK(HtmlToText(lists) == "deep");
  const std::string marks = Html(Repeat("*a **b ", 700) + Repeat("b** a*", 600));
  CHECK(CountOf("<em>", marks) + CountOf("<strong>", marks) == CountOf("</", marks) - 1);
  CHECK(CountOf("<em>", marks) <= 16);
}

TEST_CASE("what renders to more than the limit is refused, with the limit") {
  const std::string table =
      Repeat("|a", 8000) + "\n" + Repeat("|---", 16000) + "\n" + Repeat("|\n", 16000);
  CHECK(IsRefused(table));
  CHECK(IsRefused("[a]: https://b.c/" + std::string(4000, 'd') + "\n\n" + Repeat("[a] ", 8000)));
  CHECK(DetailsOf(MarkdownToHtml(table).status())->metadata.at(0).second == "1048576");
  CHECK(IsRefused(std::string(Count(kMaxMarkdown) + 1, 'a')));
  CHECK(Html(std::string(Count(kMaxMarkdown), 'a')).size() == Count(kMaxMarkdown) + 8);
}

TEST_CASE("what the parser would take long for is refused, the same in a code fence is not") {
  for (const char* part : {"[a]\n", "[[a]: b\\\n![[c]", "~a b~ "}) {
    CHECK(IsRefused(Repeat(part, Count(kMaxMarkdown))));
    const std::string fenced = "```\n" + Repeat(part, 60000) + "\n```";
    CHECK(CountOf("<pre>", Html(fenced)) == 1);
  }
  for (const char* mark : {"- ", "+ ", "> ", "1. ", "23) "}) {
    CHECK(IsRefused(Repeat(mark, 1000) + "\n"));
  }
  // An address that is not written costs as much each time that it is looked at.
  CHECK(IsRefused("[a]: tel:" + std::string(4000, '1') + "\n\n" + Repeat("[a] ", 8000)));
}

TEST_CASE("what is escaped is no mark to the parser, and refused in no number") {
  for (const char* part : {"\\[1\\], ", "a\\~b ", "\\[\\]\n", "\\\\\\~ "}) {
    CHECK_FALSE(IsRefused(Repeat(part, Count(kMaxMarkdown))));
  }
  // What stands behind a backslash that is escaped itself is one.
  for (const char* part : {"[a\\\\]\n", "\\\\~a b\\\\~ "}) {
    CHECK(IsRefused(Repeat(part, Count(kMaxMarkdown))));
  }
}

TEST_CASE("a code fence ends where it is closed, and begins in any line") {
  const std::string slow = Repeat("[a]\n", 60000);
  CHECK(IsRefused("```\na\n```\n" + slow));
  CHECK(IsRefused("````\na\n````` \n" + slow));
  CHECK_FALSE(IsRefused("Words\n~~~ x\n" + slow + "~~~"));
  CHECK_FALSE(IsRefused("````\n```\n" + slow));
}

TEST_CASE("an item of a list ends a paragraph, unless it is indented like one's further lines") {
  CHECK_FALSE(IsRefused("a\n" + Repeat("   - [a]\n", 65000)));
  CHECK(IsRefused("a\n" + Repeat("    - [a]\n", 65000)));
}

TEST_CASE("texts that people write are not refused") {
  CHECK_FALSE(IsRefused(Repeat("- [title of a page](https://a.example/page)\n", 64000)));
  CHECK_FALSE(IsRefused(Repeat("Words, [a link][1] and ~~no~~ more words.\n\n", 60000) +
                        "[1]: https://a.example\n"));
  CHECK_FALSE(IsRefused(Repeat("| a | [b](https://a.example) | c |\n|---|---|---|\n", 60000)));
}

TEST_CASE("the words of a post are what a reader sees") {
  CHECK(Text("# A & B\n\n1. *c* `d`\n2. [e](https://f.g) <h>\n\n> i\\\n> j") ==
        "A & B\nc d\ne <h>\ni\nj");
  CHECK(Text("a|b\n---|---\n1|2\n") == "a\tb\n1\t2");
  CHECK(Text("```\na\n\n  b\n```\n") == "a\n  b");
  CHECK(Text("") == "");
}

}  // namespace
}  // namespace guildhall::discussions
