#include "libs/access/flat_json.h"

#include <catch2/catch.hpp>

namespace guildhall::access {
namespace {

bool Refused(const std::string& text) { return !FlatJson::Parse(text).has_value(); }

TEST_CASE("a flat object gives its strings and integers") {
  const auto object = FlatJson::Parse(R"( {"a": "x\u00e9", "n": -7, "big": 9223372036854775807} )");
  REQUIRE(object);
  CHECK(*object->String("a") == "x\xc3\xa9");
  CHECK(*object->Integer("n") == -7);
  CHECK(*object->Integer("big") == INT64_MAX);
  CHECK(object->String("n") == nullptr);
  CHECK(object->Integer("a") == nullptr);
  CHECK(object->String("missing") == nullptr);
  CHECK(FlatJson::Parse("{}")->size() == 0);
}

TEST_CASE("O-06: a name given twice is refused") {
  CHECK(Refused(R"({"a":"1","a":"2"})"));
  CHECK(Refused(R"({"a":"1","\u0061":"2"})"));
}

TEST_CASE("anything but strings and integers is refused") {
  for (const char* value :
       {"null", "true", "1.5", "1e3", "[]", "{}", "9223372036854775808", "NaN"}) {
    CAPTURE(value);
    CHECK(Refused(std::string(R"({"a":)") + value + "}"));
  }
  CHECK(Refused("\"text\""));
  CHECK(Refused("7"));
}

TEST_CASE("broken JSON is refused") {
  for (const char* text : {"", "{", "{}}", "{} {}", R"({"a":"x)", R"({"a":"x",})", R"({a:"x"})",
                           "{\"a\":\"\xff\"}", R"({"a":"\ud800"})", "{\"a\":\"\n\"}"}) {
    CAPTURE(text);
    CHECK(Refused(text));
  }
  CHECK(Refused(std::string(100'000, '[')));
  CHECK(Refused(std::string(100'000, '{')));
}

}  // namespace
}  // namespace guildhall::access
