#include "services/discussions/domain/tag.h"

#include <catch2/catch.hpp>

#include "libs/base/refusal.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

std::string Tag(std::string_view text) {
  const auto tag = TagFrom("tags", text);
  INFO(text << " " << tag.status());
  REQUIRE(tag.ok());
  return *tag;
}
bool Refuses(std::string_view text) { return !TagFrom("tags", text).ok(); }

TEST_CASE("a tag has no case, no compatibility forms and hyphens for blanks") {
  CHECK(Tag("Sourdough") == "sourdough");
  CHECK(Tag("STRASSE") == Tag("straße"));
  CHECK(Tag("Ｂｒｅａｄ") == "bread");
  CHECK(Tag("  how  to_bake - rye ") == "how-to-bake-rye");
  CHECK(Tag("-rye-") == "rye");
  // Ideographic space, narrow no-break space, soft hyphen.
  CHECK(Tag("a\u3000b\u202Fc") == "a-b-c");
  CHECK(Tag("so\u00ADso") == "soso");
}

TEST_CASE("a tag is written in any script, with its marks") {
  for (const char* tag : {"crème-brûlée", "хлеб", "面包", "パン", "빵", "खाना", "لبن", "2026"}) {
    CHECK(Tag(tag) == tag);
  }
  CHECK(Tag("cafe\u0301") == "café");
}

TEST_CASE("names of the trade are tags, the # before a tag is none of it") {
  for (const char* tag : {"c++", "c#", "node.js", "web-2.0"}) CHECK(Tag(tag) == tag);
  CHECK(Tag("#welcome") == "welcome");
  CHECK(Tag("##C#") == "c#");
}

TEST_CASE("a tag in its normal form stays as it is") {
  for (const char* text : {"How to", "#C#", "Straße", "Ǆ", "ﬁne", "١٢", "a_._b", "x -+- y", "ÅΩ"}) {
    const std::string tag = Tag(text);
    CHECK(Tag(tag) == tag);
  }
}

TEST_CASE("what is no word is no tag") {
  for (const char* text : {"", " ", "-", "#", "++", ".net", "a,b", "a\"b", "a\\b", "{a}", "a/b",
                           "😀", "<b>", "\u0301a", "a\xFF", "a:b"}) {
    INFO(text);
    CHECK(Refuses(text));
  }
  CHECK(Refuses(std::string_view("a\0b", 3)));
}

TEST_CASE("a tag has at most 40 characters") {
  CHECK(Tag(std::string(kMaxTagLength, 'X')).size() == 40);
  CHECK(TagFrom("tags", std::string(41, 'x')).status() ==
        WrongField("tags", "has a tag without 1 to 40 characters"));
  CHECK(Refuses(std::string(100'000, 'x')));
  // One character of 18: its long form counts.
  CHECK(Refuses("ﷺﷺﷺ"));
}

TEST_CASE("a topic has each tag once, in the order given, and at most five") {
  const auto tags = [](std::vector<std::string> texts) { return TagsFrom("tags", texts); };
  CHECK(*tags({"Rye", "spelt", "RYE", "#rye"}) == std::vector<std::string>{"rye", "spelt"});
  CHECK(tags({})->empty());
  CHECK(tags({"a", "b", "c", "d", "e", "A"})->size() == kMaxTags);
  CHECK_FALSE(tags({"a", "b", "c", "d", "e", "f"}).ok());
  CHECK_FALSE(tags({"a", ""}).ok());
}

}  // namespace
}  // namespace guildhall::discussions
