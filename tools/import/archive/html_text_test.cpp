#include "tools/import/archive/html_text.h"

#include <catch2/catch.hpp>

namespace guildhall::importing {
namespace {

TEST_CASE("words stay words in HTML, and come back from it") {
  const std::string words = "a < b && \"c\" > 'd' &amp;";
  CHECK(EscapeHtml(words) == "a &lt; b &amp;&amp; &quot;c&quot; &gt; 'd' &amp;amp;");
  CHECK(WordsOfHtml(EscapeHtml(words)) == words);
}

TEST_CASE("the words of HTML are one line") {
  CHECK(WordsOfHtml("<p>one<br>two</p>\n<blockquote><p>three  <strong>four</strong></p>") ==
        "one two three four");
  CHECK(WordsOfHtml("<p></p> ").empty());
  CHECK(WordsOfHtml("a <b") == "a <b");
}

}  // namespace
}  // namespace guildhall::importing
