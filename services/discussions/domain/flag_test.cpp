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

TEST_CASE("nobody dismisses what is said of themselves") {
  CHECK(CheckDismissing(kAdasPost, kBen).ok());
  CHECK(Is(CheckDismissing(kAdasPost, kAda), reasons::kOwnPost));
}

}  // namespace
}  // namespace guildhall::discussions
