// What a result shows of where it was found.
#include "services/discussions/domain/excerpt.h"

#include <catch2/catch.hpp>
#include <ctime>
#include <random>

#include "absl/strings/str_cat.h"
#include "libs/base/text.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

using Ranges = std::vector<TextRange>;

SearchQuery Query(std::string_view text) {
  const auto query = SearchQueryFrom("query", text, MemberId());
  INFO(query.status());
  REQUIRE(query.ok());
  return *query;
}

Ranges Matches(std::string_view text, std::string_view query) {
  return MatchesIn(text, Query(query));
}

TEST_CASE("an excerpt shows what was looked for, in one line") {
  std::string text;
  for (int n = 0; n < 100; ++n) text += "word ";
  text += "before\nthe bakery\tafter";
  const Excerpt excerpt = ExcerptOf(text, Query("bakeries"));
  const std::size_t match = excerpt.line.find("bakery");
  REQUIRE(match != std::string::npos);
  CHECK(excerpt.line.substr(match - 4) == "the bakery after");
  CHECK(excerpt.matches == Ranges{{static_cast<int>(match), 6}});
  CHECK(excerpt.line.size() <= 200);
  CHECK(ExcerptOf(text, Query("bak*")).line == excerpt.line);
}

TEST_CASE("an excerpt is the beginning where nothing that was looked for stands") {
  const Excerpt excerpt = ExcerptOf("word after word", Query("absent"));
  CHECK(excerpt.line == "word after word");
  CHECK(excerpt.matches.empty());
  CHECK(ExcerptOf("", Query("absent")).line.empty());
}

TEST_CASE("a word matches in its inflections, in any case, with or without accents") {
  CHECK(Matches("The Bakers baked crème", "bake creme") == Ranges{{11, 5}, {17, 5}});
  CHECK(Matches("die Häuser und das Haus", "haus") == Ranges{{4, 6}, {19, 4}});
}

TEST_CASE("a phrase matches as a whole and as it is written, its words alone do not") {
  CHECK(Matches("rye, dark: dark rye breads", "\"dark rye\"") == Ranges{{11, 8}});
  CHECK(Matches("dark ryes", "\"dark rye\"").empty());
  CHECK(Matches("rye bread and rye-bread", "rye-bread") == Ranges{{0, 9}, {14, 9}});
}

TEST_CASE("a beginning matches the words that begin so") {
  CHECK(Matches("Flour, flours and a flower", "flou*") == Ranges{{0, 5}, {7, 6}});
}

TEST_CASE("what is excluded, an operator or no word at all matches nothing") {
  CHECK(Matches("rye and spelt", "rye -spelt") == Ranges{{0, 3}});
  CHECK(Matches("first is me", "from:me is:first").empty());
}

TEST_CASE("Chinese and Japanese match within sentences") {
  CHECK(Matches("我喜欢面包", "面包") == Ranges{{3, 2}});
  CHECK(Matches("パンを焼く", "パン") == Ranges{{0, 2}});
  CHECK(Matches("빵을 굽다", "굽다") == Ranges{{3, 2}});
}

TEST_CASE("matches are counted in characters, of which an emoji beyond 16 bits is one") {
  CHECK(Matches("🥖🥖 Größe é rye", "rye") == Ranges{{11, 3}});
}

TEST_CASE("matches that touch are one, and no more than twenty are told") {
  CHECK(Matches("我喜欢面包", "我 喜欢") == Ranges{{0, 3}});
  std::string text;
  for (int n = 0; n < 30; ++n) text += "rye ";
  CHECK(Matches(text, "rye").size() == kMaxMatches);
}

TEST_CASE("what the end of an excerpt cuts off matches nothing in it") {
  std::string text = "rye ";
  while (CodePointCount(text) < kMaxExcerpt - 2) text += "x ";
  text += "rye";
  const Excerpt excerpt = ExcerptOf(text, Query("rye"));
  CHECK(excerpt.line.ends_with("ry"));
  CHECK(excerpt.matches == Ranges{{0, 3}});
}

TEST_CASE("whatever is written, matches lie in their line and follow each other") {
  const std::vector<std::string> parts = {
      "rye", "rye-", "\u202E", "e\u0301", "👩‍👩‍👧", "<b>", "面包", " ",
      "\n",  "빵",   "\u0301", "\uFDFA"};
  const SearchQuery query = Query("rye \"rye rye\" 面包 b e* 빵");
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int n = 0; n < 80; ++n) text += parts[random() % parts.size()];
    const Excerpt excerpt = ExcerptOf(text, query);
    int end = -1;
    for (const TextRange& match : excerpt.matches) {
      REQUIRE(match.offset > end);
      REQUIRE(match.length > 0);
      end = match.offset + match.length;
    }
    REQUIRE(end <= CodePointCount(excerpt.line));
  }
}

TEST_CASE("a page of excerpts of the longest posts is made at once, whatever they say") {
  std::string usual, worst;
  while (usual.size() < kMaxExcerpted)
    usual += "The bakers knead their dough, and the oven is hot. ";
  // In no language that is told, and each word begins like what is looked for.
  for (int n = 0; worst.size() < kMaxExcerpted; ++n) absl::StrAppend(&worst, "bx", n % 977, " ");
  const auto milliseconds = [](const std::string& text) {
    const SearchQuery query = Query("bread \"bx bx\" tart");
    const std::clock_t begin = std::clock();
    for (int n = 0; n < 50; ++n) CHECK(ExcerptOf(text, query).matches.empty());
    return 1000 * (std::clock() - begin) / CLOCKS_PER_SEC;
  };
  // Measured on a busy machine: 30 and 100.
  CHECK(milliseconds(usual) < 1000);
  CHECK(milliseconds(worst) < 3000);
}

}  // namespace
}  // namespace guildhall::discussions
