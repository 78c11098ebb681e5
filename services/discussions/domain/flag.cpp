#include "services/discussions/domain/flag.h"

#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

template <typename Reviewed>
void HideFlagsFromAuthor(MemberId viewer, std::vector<Reviewed>& reviews) {
  for (Reviewed& review : reviews) {
    if (review.author == viewer) review.flags.clear();
  }
}

// What a post still says is read there.
bool StillSays(const Review& review, const FlaggedText& text) {
  return !review.delete_time && review.markdown == text.markdown;
}

}  // namespace

absl::StatusOr<FlagKind> FlagKindFrom(std::string_view field, int number) {
  if (number >= 1 && number <= kFlagKinds) return static_cast<FlagKind>(number);
  return WrongField(field, "is one of the values of the contract");
}

absl::StatusOr<std::string> FlagTextFrom(std::string_view field, FlagKind kind,
                                         std::string_view text) {
  TextRule rule = kFlagText;
  if (kind == FlagKind::kOther) rule.min_length = 1;
  return TidyText(field, text, rule);
}

absl::StatusOr<std::string> FlagNoteFrom(std::string_view field, std::string_view note) {
  return TidyText(field, note, kFlagText);
}

FlagDecision DecisionOf(const Removal& removal) {
  return {.outcome = FlagOutcome::kRemoved, .time = removal.time, .decider = removal.remover};
}

absl::Status CheckFlagging(const Post& post, MemberId member, const FlagsAround& around) {
  if (post.author == member) {
    return Refusal(reasons::kOwnPost, "Who wrote a post edits or deletes it.");
  }
  if (around.flagged) {
    return Refusal(reasons::kFlagExists, "The caller has flagged the post as it stands.");
  }
  if (around.under_review >= kMaxFlagsUnderReview) {
    return Refusal(reasons::kTooManyFlags, "Many flags of the caller are not decided yet.");
  }
  return absl::OkStatus();
}

std::vector<Review> ToldTo(MemberId viewer, std::vector<Review> reviews) {
  // Their flags were decided about after the posts were read.
  std::erase_if(reviews, [](const Review& review) { return review.flags.empty(); });
  HideFlagsFromAuthor(viewer, reviews);
  for (Review& review : reviews) {
    std::erase_if(review.flagged_texts, [&](const FlaggedText& text) {
      return review.author == viewer || StillSays(review, text);
    });
  }
  return reviews;
}

std::vector<DecidedReview> ToldTo(MemberId viewer, std::vector<DecidedReview> reviews) {
  HideFlagsFromAuthor(viewer, reviews);
  return reviews;
}

absl::Status CheckDismissing(const Post& post, MemberId decider) {
  if (post.author != decider) return absl::OkStatus();
  return Refusal(reasons::kOwnPost, "Somebody else decides about what the caller wrote.");
}

FlagOutcome OutcomeOfDismissing(const Post& post) {
  return post.delete_time ? FlagOutcome::kDeletedByAuthor : FlagOutcome::kDismissed;
}

absl::Status CheckUpholding(const Post& post, MemberId remover) {
  return post.delete_time ? CheckDismissing(post, remover) : absl::OkStatus();
}

}  // namespace guildhall::discussions
