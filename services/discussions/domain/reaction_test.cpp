#include "services/discussions/domain/reaction.h"

#include <catch2/catch.hpp>

namespace guildhall::discussions {
namespace {

using Stored = std::vector<std::int32_t>;

TEST_CASE("a post tells how many react to it, by kind") {
  ReactionCounts counts;
  counts.Add(ReactionKind::kThanks);
  counts.Add(ReactionKind::kThanks);
  counts.Add(ReactionKind::kLike);
  CHECK(counts.Of(ReactionKind::kThanks) == 2);
  CHECK(counts.Of(ReactionKind::kLike) == 1);
  CHECK(counts.Of(ReactionKind::kSad) == 0);
  CHECK(counts.stored() == Stored{1, 2});
}

TEST_CASE("counts of reactions that are equal are stored alike, whatever was there before") {
  ReactionCounts counts;
  counts.Add(ReactionKind::kLike);
  counts.Add(ReactionKind::kSad);
  counts.Remove(ReactionKind::kSad);
  CHECK(counts.stored() == Stored{1});
  counts.Remove(ReactionKind::kLike);
  CHECK(counts == ReactionCounts());
}

TEST_CASE("reactions never count less than none") {
  ReactionCounts counts;
  counts.Add(ReactionKind::kThanks);
  counts.Remove(ReactionKind::kLike);
  counts.Remove(ReactionKind::kSad);
  CHECK(counts.stored() == Stored{0, 1});
}

TEST_CASE("nobody reacts in a way that the contract does not have") {
  CHECK(*ReactionKindFrom("kind", 1) == ReactionKind::kLike);
  CHECK(*ReactionKindFrom("kind", kReactionKinds) == ReactionKind::kSad);
  for (const int number : {-1, 0, kReactionKinds + 1}) {
    CHECK_FALSE(ReactionKindFrom("kind", number).ok());
  }
}

}  // namespace
}  // namespace guildhall::discussions
