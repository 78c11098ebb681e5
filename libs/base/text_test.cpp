#include "libs/base/text.h"

#include <catch2/catch.hpp>
#include <string>

#include "guildhall/policy/v1/reasons.h"

namespace guildhall {
namespace {

constexpr TextRule kTitle{.min_length = 1, .max_length = 5};
constexpr TextRule kNote{.min_length = 0, .max_length = 5, .shape = TextRule::kLines};

bool IsRefused(std::string_view text, const TextRule& rule) {
  return Is(CheckText("title", text, rule), policy::reasons::kFieldInvalid);
}

TEST_CASE("lengths are counted in characters of any script") {
  CHECK(CheckText("title", "Grüße", kTitle).ok());
  CHECK(CheckText("title", "日本語です", kTitle).ok());
  CHECK(IsRefused("Grüße!", kTitle));
  CHECK(IsRefused("", kTitle));
}

TEST_CASE("a line holds no line breaks and no text holds control characters") {
  CHECK(IsRefused("a\nb", kTitle));
  CHECK(IsRefused("a\u2028b", kTitle));
  CHECK(CheckText("note", "a\n\tb", kNote).ok());
  CHECK(IsRefused("a\x1b[m", kNote));
}

TEST_CASE("blank text is no text") {
  CHECK(IsRefused("  ", kTitle));
  CHECK(CheckText("note", "  ", kNote).ok());
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
  const auto details = DetailsOf(CheckText("community.display_name", "123456", kTitle));
  REQUIRE(details);
  CHECK(details->violations.at(0).field == "community.display_name");
  CHECK(details->violations.at(0).description == "has 6 characters; takes 1 to 5");
}

}  // namespace
}  // namespace guildhall
