#include "services/discussions/domain/quote.h"

#include <catch2/catch.hpp>

#include "guildhall/discussions/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/domain/markdown.h"

namespace guildhall::discussions {
namespace {

// Whether a post with this Markdown may be quoted so.
bool Says(const std::string& markdown, const std::string& text) {
  const auto passage = PassageFrom("quotes.text", text);
  REQUIRE(passage.ok());
  const absl::Status said = CheckSaid("quotes.text", *passage, SaidIn(*MarkdownToHtml(markdown)));
  if (!said.ok()) CHECK(Is(said, reasons::kQuoteNotSaid));
  return said.ok();
}

TEST_CASE("a quote repeats what a post says, and nothing else") {
  CHECK(Says("Rye needs more water.", "Rye needs more water."));
  CHECK(Says("Rye needs more water.", "more water"));
  CHECK_FALSE(Says("Rye needs more water.", "Rye needs less water."));
  CHECK_FALSE(Says("Rye needs more water.", "rye needs more water."));
  CHECK_FALSE(Says("Rye needs more water.", "Rye needs water."));
}

TEST_CASE("a quote is what readers see, not the Markdown of it") {
  CHECK(Says("*Rye* needs [more](https://example.com) `water`", "Rye needs more water"));
  CHECK_FALSE(Says("*Rye* needs more", "*Rye*"));
  CHECK_FALSE(Says("[more](https://example.com)", "https://example.com"));
  CHECK(Says("1 < 2 & 3", "1 < 2 & 3"));
  CHECK(Says("<b>bold</b>", "<b>bold</b>"));
}

TEST_CASE("a quote takes blanks and line breaks for one blank, however they were copied") {
  CHECK(Says("Rye\nneeds\n\n* more\n* water", " Rye needs more\r\n\twater\n"));
  CHECK(Says("Rye&nbsp;needs", "Rye needs"));
  CHECK(Says("| a | b |\n|---|---|\n| c | d |", "a b c d"));
  CHECK(*PassageFrom("quotes.text", "  a \n b  ") == "a b");
}

TEST_CASE("a quote is the same letters however they are composed") {
  CHECK(Says("caf\u00e9", "cafe\u0301"));
  CHECK(Says("cafe\u0301", "caf\u00e9"));
  CHECK(*PassageFrom("quotes.text", "cafe\u0301") == "caf\u00e9");
}

TEST_CASE("a quoted passage has one to a thousand characters") {
  const std::string most(kMaxQuoteLength, 'x');
  CHECK(PassageFrom("quotes.text", most).ok());
  for (const std::string& wrong : {std::string(), std::string(" \n"), most + "x",
                                   std::string("\xff"), std::string(70'000, ' ')}) {
    const auto passage = PassageFrom("quotes.text", wrong);
    REQUIRE(Is(passage.status(), policy::reasons::kFieldInvalid));
    CHECK(DetailsOf(passage.status())->violations[0].field == "quotes.text");
  }
}

}  // namespace
}  // namespace guildhall::discussions
