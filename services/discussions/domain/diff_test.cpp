#include "services/discussions/domain/diff.h"

#include <catch2/catch.hpp>
#include <random>

namespace guildhall::discussions {
namespace {

constexpr auto kSame = DiffKind::kSame;
constexpr auto kRemoved = DiffKind::kRemoved;
constexpr auto kAdded = DiffKind::kAdded;
using Diff = std::vector<DiffPart>;

std::string Side(const Diff& diff, DiffKind kind) {
  std::string text;
  for (const DiffPart& part : diff) {
    if (part.kind == kSame || part.kind == kind) text += part.text;
  }
  return text;
}

TEST_CASE("an edit is told word by word") {
  CHECK(DiffOf("rye and spelt", "rye or spelt") ==
        Diff{{kSame, "rye "}, {kRemoved, "and "}, {kAdded, "or "}, {kSame, "spelt"}});
  CHECK(DiffOf("a b", "a b c") == Diff{{kSame, "a "}, {kRemoved, "b"}, {kAdded, "b c"}});
  CHECK(DiffOf("same", "same") == Diff{{kSame, "same"}});
  CHECK(DiffOf("", "new") == Diff{{kAdded, "new"}});
  CHECK(DiffOf("", "").empty());
}

TEST_CASE("what is long and different is told as a whole, between equal ends") {
  std::string older = "begin ", newer = "begin ";
  for (int n = 0; n < 2000; ++n) {
    older += "old" + std::to_string(n) + " ";
    newer += "new" + std::to_string(n) + " ";
  }
  const Diff diff = DiffOf(older + "end", newer + "end");
  REQUIRE(diff.size() == 4);
  CHECK(diff[0] == DiffPart{kSame, "begin "});
  CHECK(diff[3] == DiffPart{kSame, "end"});
}

TEST_CASE("both texts come back out of what is told, and neighbours differ") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 chance(seed);
  for (int round = 0; round < 300; ++round) {
    std::string texts[2];
    for (std::string& text : texts) {
      for (unsigned n = chance() % 40; n > 0; --n) {
        text += std::string(1, static_cast<char>('a' + chance() % 3)) + (chance() % 4 ? " " : "\n");
      }
    }
    const Diff diff = DiffOf(texts[0], texts[1]);
    CHECK(Side(diff, kRemoved) == texts[0]);
    CHECK(Side(diff, kAdded) == texts[1]);
    for (std::size_t i = 1; i < diff.size(); ++i) {
      CHECK(diff[i].kind != diff[i - 1].kind);
      CHECK_FALSE((diff[i - 1].kind == kAdded && diff[i].kind == kRemoved));
    }
  }
}

}  // namespace
}  // namespace guildhall::discussions
