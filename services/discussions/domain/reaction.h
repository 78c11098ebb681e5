#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"

namespace guildhall::discussions {

// How somebody reacts: the numbers of guildhall.discussions.v1.ReactionKind.
enum class ReactionKind { kLike = 1, kThanks, kCelebrate, kLaugh, kSurprise, kSad };
inline constexpr int kReactionKinds = 6;

// Somebody's reaction to a post.
struct Reaction {
  MemberId member;
  ReactionKind kind = ReactionKind::kLike;
  absl::Time create_time;
};

// The kind of a number. Fails with: FIELD_INVALID on `field`.
absl::StatusOr<ReactionKind> ReactionKindFrom(std::string_view field, int number);

// How many members react to a post, by kind.
class ReactionCounts {
 public:
  ReactionCounts() = default;
  // As stored: from kind 1 on, up to the last that somebody has.
  explicit ReactionCounts(std::vector<std::int32_t> stored) : counts_(std::move(stored)) {}

  int Of(ReactionKind kind) const;
  // One more, or one less; none is not less than none, should a row have counted wrong.
  void Add(ReactionKind kind);
  void Remove(ReactionKind kind);

  // One form for equal counts; empty when nobody reacts.
  const std::vector<std::int32_t>& stored() const { return counts_; }
  bool operator==(const ReactionCounts&) const = default;

 private:
  std::vector<std::int32_t> counts_;
};

}  // namespace guildhall::discussions
