#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"
#include "libs/base/uuid.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {

// A flag says to who keeps order in a community that a post there should be looked at. The flags of
// a post that nobody has decided about make up its review; one decision ends them all.

// What is wrong with a post: the numbers of guildhall.discussions.v1.FlagKind.
enum class FlagKind { kSpam = 1, kAbuse, kOffTopic, kConfidential, kOther };
inline constexpr int kFlagKinds = 5;

// What came of a flag: the numbers of guildhall.discussions.v1.FlagOutcome.
enum class FlagOutcome { kRemoved = 1, kDismissed, kDeletedByAuthor };

// What somebody who decided told those who flagged.
struct FlagDecision {
  FlagOutcome outcome = FlagOutcome::kDismissed;
  absl::Time time;
  // Nobody where a version before this one ended it because the author had deleted the post.
  std::optional<MemberId> decider;
  std::string note;
};

// What somebody says of a post.
struct Flag {
  Uuid id;
  CommunityId community;
  TopicId topic;
  PostId post;
  MemberId member;
  FlagKind kind = FlagKind::kOther;
  std::string text;
  absl::Time create_time;
  // Unset while it is under review.
  std::optional<FlagDecision> decision;
};

// What a post said when it was flagged.
struct FlaggedText {
  std::string markdown;
  // Of the first flag of it.
  absl::Time flag_time;
};

// A post whose flags nobody has decided about. It may be gone: what its author deletes or edits
// away still waits for a decision, with what was flagged, and goes with that.
struct Review {
  // Of the flag that opened it.
  Uuid id;
  absl::Time create_time;
  CommunityId community;
  TopicId topic;
  PostId post;
  // Of the topic.
  std::string title;
  MemberId author;
  std::string markdown;
  std::int64_t version = 0;
  // When its author deleted it, or its topic.
  std::optional<absl::Time> delete_time = std::nullopt;
  // The earliest first.
  std::vector<FlaggedText> flagged_texts = {};
  // The first kMaxFlagsShown, oldest first.
  std::vector<Flag> flags = {};
};

// A post whose flags were decided about.
struct DecidedReview {
  // Of the flag that opened it.
  Uuid id;
  TopicId topic;
  PostId post;
  // Of the topic; empty where that is elsewhere now.
  std::string title;
  MemberId author;
  FlagDecision decision;
  // The first kMaxFlagsShown, oldest first.
  std::vector<Flag> flags;
};

// The kind of a number. Fails with: FIELD_INVALID on `field`.
absl::StatusOr<FlagKind> FlagKindFrom(std::string_view field, int number);

// What a flag of `kind` says in words; only kOther has to. Fails with: FIELD_INVALID on `field`.
absl::StatusOr<std::string> FlagTextFrom(std::string_view field, FlagKind kind,
                                         std::string_view text);

// What those who flagged are told beside the outcome. Fails with: FIELD_INVALID on `field`.
absl::StatusOr<std::string> FlagNoteFrom(std::string_view field, std::string_view note);

// What a removal tells those who flagged; its reason is its author's.
FlagDecision DecisionOf(const Removal& removal);

// What there is already when somebody flags a post.
struct FlagsAround {
  // By the same member on the same post: under review, or decided since the post was edited last.
  bool flagged = false;
  // By the same member, under review anywhere.
  int under_review = 0;
};

// OK when `member` may flag `post`. Whoever was answered about a post flags it again once it has
// been edited. Fails with: OWN_POST, FLAG_EXISTS, TOO_MANY_FLAGS.
absl::Status CheckFlagging(const Post& post, MemberId member, const FlagsAround& around);

// What `viewer`, who keeps order, is told of reviews: nothing of those whose flags were decided
// about since the posts were read, and of what was flagged what the posts do not say any more. Of
// what it wrote itself it learns that there is a review and what came of it, and neither who
// flagged nor what and what they said.
std::vector<Review> ToldTo(MemberId viewer, std::vector<Review> reviews);
std::vector<DecidedReview> ToldTo(MemberId viewer, std::vector<DecidedReview> reviews);

// OK when `decider` may dismiss the flags of `post`: nobody judges what is said of themselves.
// Fails with: OWN_POST.
absl::Status CheckDismissing(const Post& post, MemberId decider);

// What a dismissal means: the post stays as it is, and nothing comes back of what its author has
// deleted.
FlagOutcome OutcomeOfDismissing(const Post& post);

// OK when `remover` may decide that `post` was to be removed. Its own it removes while it stands,
// which keeps the text for others to judge; of what it deleted, others decide. Fails with:
// OWN_POST.
absl::Status CheckUpholding(const Post& post, MemberId remover);

}  // namespace guildhall::discussions
