#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <span>
#include <string>

#include "libs/testing/seeded_random.h"
#include "tools/import/archive/html_text.h"
#include "tools/import/html/html_to_markdown.h"
#include "tools/import/html/shown_fixture.h"

namespace guildhall::html {

// Texts that chance puts together.
struct RandomTexts {
  std::span<const char* const> pieces;
  std::size_t most_pieces;
};

// Requires that what `html_of` makes of a text, `html_of(text, random)`, is taken as Markdown and
// reads the same once it is rendered: in 5,000 texts, blanks aside. GUILDHALL_SEED replays.
template <typename HtmlOf>
void RequireSameReading(const RandomTexts& texts, HtmlOf html_of) {
  testing::SeededRandom random(testing::SeedOr(std::random_device()()));
  INFO("repeat with GUILDHALL_SEED=" << random.seed());
  HtmlToMarkdown convert("");
  for (int i = 0; i < 5000; ++i) {
    std::string text;
    for (auto n = random.Below(texts.most_pieces + 1); n > 0; --n) {
      text += texts.pieces[random.Below(texts.pieces.size())];
    }
    const std::string html = html_of(text, random);
    const std::string markdown = convert.Convert(html);
    CAPTURE(text, html, markdown);
    REQUIRE(IsTaken(markdown));
    std::string words = importing::WordsOfHtml(html), shown = RenderedWords(markdown);
    for (std::string* const compared : {&words, &shown}) {
      std::erase_if(*compared, [](char c) { return c == ' ' || c == '\n' || c == '\t'; });
    }
    if (!words.empty()) REQUIRE(shown == words);
  }
}

}  // namespace guildhall::html
