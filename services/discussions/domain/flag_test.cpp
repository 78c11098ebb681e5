// The rules of flags, as a manual.
#include "services/discussions/domain/flag.h"

#include <catch2/catch.hpp>

#include "guildhall/discussions/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

using policy::reasons::kFieldInvalid;

MemberId Member(unsigned char n) {
  Uuid id;
  id.bytes[15] = n;
  return MemberId(id);
}

const MemberId kAda = Member(1);
const MemberId kBen = Member(2);
const Post kAdasPost{.author = kAda};
const Post kAdasDeletedPost{.author = kAda, .delete_time = absl::UnixEpoch()};

TEST_CASE("a flag says what is wrong in a word, or in words of its own") {
  CHECK(*FlagKindFrom("kind", 1) == FlagKind::kSpam);
  CHECK(*FlagKindFrom("kind", 5) == FlagKind::kOther);
  for (const int number : {0, 6, -1}) {
    CHECK(Is(FlagKindFrom("kind", number).status(), kFieldInvalid));
  }
  CHECK(*FlagTextFrom("text", FlagKind::kSpam, "") == "");
  CHECK(*FlagTextFrom("text", FlagKind::kOther, "?") == "?");
  CHECK(*FlagTextFrom("text", FlagKind::kOther, " The third line. ") == "The third line.");
  CHECK(Is(FlagTextFrom("text", FlagKind::kOther, " ").status(), kFieldInvalid));
}

TEST_CASE("what is said of a flag, and by one, has 500 characters") {
  const std::string longest(500, 'x');
  CHECK(FlagTextFrom("text", FlagKind::kAbuse, longest).ok());
  CHECK(Is(FlagTextFrom("text", FlagKind::kAbuse, longest + "x").status(), kFieldInvalid));
  CHECK(FlagNoteFrom("note", "").ok());
  CHECK(Is(FlagNoteFrom("note", longest + "x").status(), kFieldInvalid));
}

TEST_CASE("others flag a post, each once as it stands") {
  CHECK(CheckFlagging(kAdasPost, kBen, {}).ok());
  CHECK(Is(CheckFlagging(kAdasPost, kAda, {}), reasons::kOwnPost));
  CHECK(Is(CheckFlagging(kAdasPost, kBen, {.flagged = true}), reasons::kFlagExists));
}

TEST_CASE("who has many flags under review waits for decisions") {
  CHECK(CheckFlagging(kAdasPost, kBen, {.under_review = kMaxFlagsUnderReview - 1}).ok());
  CHECK(Is(CheckFlagging(kAdasPost, kBen, {.under_review = kMaxFlagsUnderReview}),
           reasons::kTooManyFlags));
}

TEST_CASE("who keeps order is not told who flagged what it wrote itself") {
  const std::vector<Flag> flags{{.member = kBen, .text = "Adverts."}};
  const std::vector<Review> waiting{{.author = kAda, .flags = flags},
                                    {.author = kBen, .flags = flags}};
  const std::vector<Review> told = ToldTo(kAda, waiting);
  REQUIRE(told.size() == 2);
  CHECK(told[0].flags.empty());
  CHECK(told[1].flags.size() == 1);
  const std::vector<DecidedReview> decided =
      ToldTo(kAda, {DecidedReview{.author = kAda, .flags = flags},
                    DecidedReview{.author = kBen, .flags = flags}});
  REQUIRE(decided.size() == 2);
  CHECK(decided[0].flags.empty());
  CHECK(decided[1].flags.size() == 1);
}

TEST_CASE("what was decided about while it was read waits for nobody any more") {
  CHECK(ToldTo(kBen, std::vector<Review>{{.author = kAda}}).empty());
}

TEST_CASE("who decides reads what was flagged and is not said any more") {
  const std::vector<FlaggedText> flagged{{.markdown = "You fool."}, {.markdown = "You know."}};
  const std::vector<Review> told = ToldTo(kBen, {Review{.author = kAda,
                                                        .markdown = "You know.",
                                                        .flagged_texts = flagged,
                                                        .flags = {{.member = kBen}}}});
  REQUIRE(told.size() == 1);
  REQUIRE(told[0].flagged_texts.size() == 1);
  CHECK(told[0].flagged_texts[0].markdown == "You fool.");
}

TEST_CASE("who decides reads all that was flagged of a post that its author has deleted") {
  const std::vector<Review> told =
      ToldTo(kBen, {Review{.author = kAda,
                           .delete_time = absl::UnixEpoch(),
                           .flagged_texts = {{.markdown = "You fool."}, {.markdown = ""}},
                           .flags = {{.member = kBen}}}});
  REQUIRE(told.size() == 1);
  CHECK(told[0].flagged_texts.size() == 2);
}

TEST_CASE("who keeps order is not told which of its own words were flagged") {
  const std::vector<Review> told =
      ToldTo(kAda, {Review{.author = kAda,
                           .flagged_texts = {{.markdown = "You fool."}},
                           .flags = {{.member = kBen}}}});
  REQUIRE(told.size() == 1);
  CHECK(told[0].flagged_texts.empty());
}

TEST_CASE("a dismissal leaves a post as it is, and what its author deleted deleted") {
  CHECK(OutcomeOfDismissing(kAdasPost) == FlagOutcome::kDismissed);
  CHECK(OutcomeOfDismissing(kAdasDeletedPost) == FlagOutcome::kDeletedByAuthor);
}

TEST_CASE("who deleted its own post decides nothing about it, others do") {
  CHECK(CheckUpholding(kAdasPost, kAda).ok());
  CHECK(CheckUpholding(kAdasDeletedPost, kBen).ok());
  CHECK(Is(CheckUpholding(kAdasDeletedPost, kAda), reasons::kOwnPost));
}

TEST_CASE("nobody dismisses what is said of themselves") {
  CHECK(CheckDismissing(kAdasPost, kBen).ok());
  CHECK(Is(CheckDismissing(kAdasPost, kAda), reasons::kOwnPost));
}

}  // namespace
}  // namespace guildhall::discussions
