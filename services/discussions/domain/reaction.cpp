#include "services/discussions/domain/reaction.h"

#include "libs/base/refusal.h"

namespace guildhall::discussions {
namespace {

std::size_t PlaceOf(ReactionKind kind) { return static_cast<std::size_t>(kind) - 1; }

}  // namespace

absl::StatusOr<ReactionKind> ReactionKindFrom(std::string_view field, int number) {
  if (number >= 1 && number <= kReactionKinds) return static_cast<ReactionKind>(number);
  return WrongField(field, "is one of the values of the contract");
}

int ReactionCounts::Of(ReactionKind kind) const {
  return PlaceOf(kind) < counts_.size() ? counts_[PlaceOf(kind)] : 0;
}

void ReactionCounts::Add(ReactionKind kind) {
  if (counts_.size() <= PlaceOf(kind)) counts_.resize(PlaceOf(kind) + 1);
  ++counts_[PlaceOf(kind)];
}

void ReactionCounts::Remove(ReactionKind kind) {
  if (Of(kind) == 0) return;
  --counts_[PlaceOf(kind)];
  while (!counts_.empty() && counts_.back() == 0) counts_.pop_back();
}

}  // namespace guildhall::discussions
