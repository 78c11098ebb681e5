#include "tools/import/archive/emoji_names.h"

#include <catch2/catch.hpp>

namespace guildhall::importing {
namespace {

TEST_CASE("emoji are found by their names") {
  CHECK(EmojiNamed("tada") == "🎉");
  CHECK(EmojiNamed("+1") == "👍");
  CHECK(EmojiNamed("zzz") == "💤");
  CHECK(EmojiNamed("tad").empty());
  CHECK(EmojiNamed("").empty());
}

}  // namespace
}  // namespace guildhall::importing
