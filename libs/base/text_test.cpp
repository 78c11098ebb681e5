#include "libs/base/text.h"

#include <catch2/catch.hpp>
#include <string>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall {
namespace {

constexpr TextRule kTitle{.min_length = 1, .max_length = 5};
constexpr TextRule kLine{.min_length = 1, .max_length = 40};
constexpr TextRule kNote{.min_length = 0, .max_length = 20, .shape = TextRule::kLines};

bool IsRefused(std::string_view text, const TextRule& rule) {
  return Is(TidyText("title", text, rule).status(), policy::reasons::kFieldInvalid);
}

// The tidy form of a line, or the refusal.
std::string Tidy(std::string_view text, const TextRule& rule = kLine) {
  const auto tidy = TidyText("title", text, rule);
  return tidy.ok() ? *tidy : "refused: " + DetailsOf(tidy.status())->violations.at(0).description;
}

TEST_CASE("lengths are counted in characters of any script") {
  CHECK(Tidy("Grüße", kTitle) == "Grüße");
  CHECK(Tidy("日本語です", kTitle) == "日本語です");
  CHECK(IsRefused("Grüße!", kTitle));
  CHECK(IsRefused("", kTitle));
}

TEST_CASE("a line holds no line breaks and no text holds control characters") {
  CHECK(IsRefused("a\nb", kTitle));
  CHECK(IsRefused("a\tb", kTitle));
  CHECK(IsRefused("a\u2028b", kTitle));
  CHECK(Tidy("a\n\tb", kNote) == "a\n\tb");
  CHECK(IsRefused("a\x1b[m", kNote));
  CHECK(IsRefused("a\u0085b", kNote));
}

TEST_CASE("blank text is no text") {
  for (const char* blank : {"  ", "\u3000", "\u2800", " \u0301"}) CHECK(IsRefused(blank, kTitle));
  CHECK(Tidy("  ", kNote).empty());
}

TEST_CASE("what shows nothing is blank, whatever it is made of") {
  for (const char* blank :
       {"", " \n\t", "\u200B\u202E", "\u00A0\u2800\u3164", "\uFEFF", "\u0301"}) {
    CHECK(IsBlank(blank));
  }
  for (const char* seen : {"x", " .", "\u200B!", "🥖", "語"}) CHECK_FALSE(IsBlank(seen));
}

TEST_CASE("a line is kept in one form, however it was typed") {
  CHECK(Tidy("  Rye\u00A0\u2003 bread\n") == "Rye bread");
  CHECK(Tidy("山田　太郎") == "山田 太郎");
  CHECK(Tidy("Andre\u0301") == "André");
  CHECK(Tidy("\u1112\u1161\u11AB", kTitle) == "한");
  CHECK(Tidy(" two\n\n  lines ", kNote) == "two\n\n  lines");
}

TEST_CASE("what is in its form stays as it is") {
  for (const char* text : {"Ada Okafor", "Müller-Lüdenscheidt", "日本", "عربي", "𝄞", "ﷺ", "؀"}) {
    CHECK(Tidy(text) == text);
    CHECK(Tidy(Tidy(text)) == text);
  }
}

TEST_CASE("what shows nothing is no part of a name") {
  for (const char* hidden :
       {"\u202A", "\u202E", "\u2066", "\u2069", "\u200E",    "\u200F",     "\u061C",
        "\uFEFF", "\u200B", "\u2060", "\u00AD", "\u034F",    "\u115F",     "\u3164",
        "\uFFA0", "\u180E", "\u200C", "\u200D", "\uFE0F",    "\U000E0100", "\U000E0067",
        "\uFFF9", "\uE000", "\uFFFF", "\u0378", "\U0010FFFD"}) {
    CAPTURE(hidden);
    CHECK(IsRefused(std::string("Ada") + hidden + "m", kLine));
  }
  CHECK(Tidy("Ada\u202E") ==
        "refused: is one line without control, invisible, private or unassigned characters; has "
        "U+202e");
}

TEST_CASE("joiners stand where scripts and emoji need them") {
  for (const char* text : {"می\u200Cخواهم", "ه\u200D.ق", "क्\u200Dष", "ක්\u200Dය", "ന്\u200D",
                           "👩\u200D🚀", "🏳\uFE0F\u200D🌈", "👩🏽\u200D🤝\u200D👨🏻",
                           "❤\uFE0F", "1\uFE0F\u20E3", "葛\U000E0100", "ᠠ\u180B",
                           "🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F"}) {
    CAPTURE(text);
    CHECK(Tidy(text) == text);
  }
}

TEST_CASE("a joiner where nothing joins is refused") {
  for (const char* text :
       {"می\u200C", "\u200Cمی", "می\u200D\u200Dخواهم", "a\u200Cb", "a\u200Db", "👩\u200D", "\u200D🚀",
        "1\uFE0F", "a\uFE0F", "a\U000E0100", "🏴\U000E0067\U000E007F"}) {
    CAPTURE(text);
    CHECK(IsRefused(text, kLine));
  }
}

TEST_CASE("marks do not pile up, and hostile text costs little") {
  std::string piled = "a";
  for (int i = 0; i < 31; ++i) piled += "\u0301";
  CHECK(IsRefused(piled, kLine));
  std::string hostile;
  while (hostile.size() < 256 * 1024) hostile += "\u0301\u0316";
  CHECK(IsRefused(hostile, {.max_length = 2000, .shape = TextRule::kLines}));
  CHECK(IsRefused(hostile, {.max_length = 200'000, .shape = TextRule::kLines}));
}

TEST_CASE("malformed UTF-8 and NUL are not storable") {
  for (const std::string& bad :
       {std::string("\xC0\xAF"), std::string("\xED\xA0\x80"), std::string("\xF5\x80\x80\x80"),
        std::string("\xE2\x82"), std::string("\x80"), std::string("a\0b", 3)}) {
    CHECK(!IsStorableUtf8(bad));
    CHECK(IsRefused(bad, kNote));
  }
  CHECK(IsStorableUtf8("\xF4\x8F\xBF\xBF"));
}

TEST_CASE("a refusal names the field and says what it takes") {
  const auto details = DetailsOf(TidyText("community.display_name", "123456", kTitle).status());
  REQUIRE(details);
  CHECK(details->violations.at(0).field == "community.display_name");
  CHECK(details->violations.at(0).description == "has 6 characters; takes 1 to 5");
}

TEST_CASE("a text is cut between the characters that readers see") {
  CHECK(CutText("Grüße", 10) == "Grüße");
  CHECK(CutText("Grüße", 4) == "Grüß");
  CHECK(CutText("ab👩\u200D🚀c", 4) == "ab");
  CHECK(CutText("ab👩\u200D🚀c", 5) == "ab👩\u200D🚀");
}

}  // namespace
}  // namespace guildhall
