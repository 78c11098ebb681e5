#include "tools/import/source/fitting.h"

#include <catch2/catch.hpp>

#include "libs/base/text.h"

namespace guildhall::importing {
namespace {

TEST_CASE("names come as they are kept") {
  CHECK(Fitting("Ada", 100) == "Ada");
  CHECK(Fitting("  Ada \t  Byron\n", 100) == "Ada Byron");
  CHECK(Fitting(std::string(250, 't'), 200) == std::string(200, 't'));
  CHECK(Fitting("", 100) == "Unnamed");
  CHECK(Fitting("\x01\n", 100) == "Unnamed");
  // A letter with its mark is not cut apart, and comes in its composed form.
  CHECK(Fitting("u\u0308ber", 1) == "\u00fc");
}

TEST_CASE("what no field takes is left out, and the rest stays") {
  CHECK(Fitting("Ada\u202E Byron", 100) == "Ada Byron");
  CHECK(Fitting("Ada\xFF Byron", 100) == "Ada Byron");
  CHECK(FittingLines("one\n\u200Btwo", 100) == "one\ntwo");
}

TEST_CASE("a fitting name fits a second time, as a service takes it") {
  for (const char* const text :
       {"  a  b ", "u\u0308", "\u202E", "x\u0301\u0302", "🧑‍🍳 chef", "\t"}) {
    const std::string once = Fitting(text, 20);
    CHECK(Fitting(once, 20) == once);
    CHECK(*TidyText("name", once, {.min_length = 1, .max_length = 20}) == once);
  }
}

}  // namespace
}  // namespace guildhall::importing
