#include "tools/import/slack/mrkdwn.h"

#include <array>
#include <catch2/catch.hpp>

#include "tools/import/html/html_to_markdown.h"
#include "tools/import/html/reading_fixture.h"

namespace guildhall::slack {
namespace {

std::string NameFor(char, std::string_view id) {
  return id == "U1" ? "Ada *L*" : id == "C1" ? "general" : "";
}

std::string Markdown(std::string_view text) {
  return html::HtmlToMarkdown("").Convert(MrkdwnToHtml(text, NameFor));
}

TEST_CASE("marks become those of Markdown") {
  CHECK(Markdown("*bold* _italic_ ~struck~ `code *x*`") ==
        "**bold** *italic* ~~struck~~ `code *x*`");
  CHECK(Markdown("*_both_* (*x*), a*b*c, snake_case_name, 2 * 3 * 4") ==
        "***both*** (**x**), a\\*b\\*c, snake_case_name, 2 * 3 * 4");
  CHECK(Markdown("*a _b_ c* *_(d)_ e*") == "**a *b* c** **\\_(d)\\_ e**");
  CHECK(Markdown("a\nb\n\nc") == "a\\\nb\n\nc");
  CHECK(Markdown("&gt; quoted\n&gt; more\nafter") == "> quoted\\\n> more\n\nafter");
  CHECK(Markdown("&gt;&gt;&gt;all\nof it") == "> all\\\n> of it");
  CHECK(Markdown("see ```x &lt; 1\n  y``` there") == "see\n\n```\nx < 1\n  y\n```\n\nthere");
}

TEST_CASE("ends of marks are looked for once, also within marks") {
  std::string text = "*";
  while (text.size() < 256 << 10) text += "_a ";
  text += "a_,*";
  std::size_t work = 0;
  const std::string html = MrkdwnToHtml(text, NameFor, &work);
  CHECK(html.starts_with("<p><strong>_a _a "));
  CHECK(work > 0);
  CHECK(work < 4 * text.size());
}

TEST_CASE("references become words and links") {
  CHECK(Markdown("<@U1> <@U2> <#C1|x> <#C2|hidden>") ==
        "**@Ada \\*L\\*** **@U2** **#general** **#C2**");
  CHECK(Markdown("<!here> <!subteam^S1|@ops> <!date^0^{date}|monday>") ==
        "**@here** **@ops** monday");
  CHECK(Markdown("<https://x.y/?a=1&amp;b=2|here &amp; now>") ==
        "[here & now](https://x.y/?a=1&amp;b=2)");
  CHECK(Markdown("<https://x.y/z>") == "<https://x.y/z>");
  CHECK(Markdown("<javascript:alert(1)|click>") == "click");
  CHECK(Markdown("1 &lt; 2 &amp;amp; &nbsp; <unclosed") == "1 < 2 \\&amp; \\&nbsp; \\<unclosed");
}

TEST_CASE("whoever and whatever is mentioned is named, also within marks and not in code") {
  html::HtmlToMarkdown convert("");
  CHECK(convert.Convert(MrkdwnToHtml("<@U1> *see <@U2>* <#C1> <!here> <!subteam^S1|@ops> "
                                     "<!date^0^{date}|monday> `<@U3>` <@U1>",
                                     NameFor)) ==
        "**@Ada \\*L\\*** **see @U2** **#general** **@here** **@ops** monday `@U3` "
        "**@Ada \\*L\\***");
  CHECK(convert.TakeLost() ==
        std::vector<std::string>{"mention of @Ada *L*: its words", "mention of @U2: its words",
                                 "mention of #general: its words", "mention of @here: its words",
                                 "mention of @ops: its words"});
}

TEST_CASE("emoji become themselves where they are known") {
  CHECK(Markdown(":tada: :+1::skin-tone-3: :our-own: 10:30:45") ==
        "🎉 👍🏼 :our-own: 10:30:45");
}

// What holds of any text: it is rendered, and its words are those of the HTML.
TEST_CASE("whatever is written reads the same") {
  static constexpr std::array kPieces = {
      "a",     "b ", "*",  "_",  "~",    "`",      "```",  "\n",   "&gt;", "&lt;", "&amp;",
      "<@U1>", "<!", "|",  "<",  ">",    ":tada:", ":",    "• ",   "1. ",  "# ",   "[x]",
      "(y)",   "é",  "\"", "--", "<#C1", "<x|y>",  "\n\n", "&#1;", "\\",   "|"};
  html::RequireSameReading(
      {kPieces, 11}, [](const std::string& text, auto&) { return MrkdwnToHtml(text, NameFor); });
}

}  // namespace
}  // namespace guildhall::slack
