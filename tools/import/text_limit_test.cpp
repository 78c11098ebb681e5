#include "tools/import/text_limit.h"

#include <catch2/catch.hpp>

namespace guildhall::importing {
namespace {

TEST_CASE("a text that fits stays as it is") {
  std::string text(kMostTextBytes, 'a');
  CHECK(!CutToLimit(text));
  CHECK(text == std::string(kMostTextBytes, 'a'));
}

TEST_CASE("a longer text is cut between characters and says that there was more") {
  for (const char* before : {"", "a", "ab"}) {
    std::string text = before;
    while (text.size() <= kMostTextBytes) text += "é";
    CHECK(CutToLimit(text));
    CHECK(text.size() <= kMostTextBytes);
    CHECK(text.size() > kMostTextBytes - 4);
    CHECK(text.ends_with("é\n\n…"));
  }
}

}  // namespace
}  // namespace guildhall::importing
