#include "libs/base/import_outcome.h"

#include <catch2/catch.hpp>

namespace guildhall {
namespace {

using Digest = RecordHash::Digest;

TEST_CASE("a record follows its source unless it was changed here") {
  const Digest old{1}, now{2}, here{3};
  const ImportMark mark{HalfOf(old), 0};
  CHECK(Follow(old, old, mark, 1) == ImportResult::kUnchanged);
  CHECK(Follow(now, old, mark, 7) == ImportResult::kUpdated);
  CHECK(Follow(old, here, mark, 2) == ImportResult::kKept);
  CHECK(Follow(now, here, mark, 2) == ImportResult::kKept);
  // Both came to the same.
  CHECK(Follow(now, now, mark, 2) == ImportResult::kUnchanged);
}

TEST_CASE("a record of before marks follows its source while it has its first version") {
  CHECK(Follow({1}, {1}, {}, 5) == ImportResult::kUnchanged);
  CHECK(Follow({2}, {1}, {}, 1) == ImportResult::kUpdated);
  CHECK(Follow({2}, {1}, {}, 2) == ImportResult::kKept);
}

TEST_CASE("only what the source has added since is added") {
  CHECK_FALSE(SourceAdded(0b01, ImportMark{0, 0b01}, 0b11));
  CHECK(SourceAdded(0b11, ImportMark{0, 0b01}, 0b10));
  // The other part.
  CHECK_FALSE(SourceAdded(0b11, ImportMark{0, 0b01}, 0b01));
  CHECK_FALSE(SourceAdded(0b11, {}, 0b11));
}

TEST_CASE("what is refused alone says what is wrong with it") {
  const ImportOutcome outcome = RefusedAlone(WrongField("posts[3].markdown", "is blank"));
  CHECK(outcome.result == ImportResult::kRefused);
  CHECK(outcome.sentence == "markdown is blank");
  CHECK(RefusedAlone(absl::InternalError("broken")).sentence == "broken");
}

}  // namespace
}  // namespace guildhall
