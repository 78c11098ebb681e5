#include "services/discussions/domain/import.h"

#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

Uuid Numbered(int n) {
  Uuid uuid;
  uuid.bytes[15] = static_cast<std::uint8_t>(n);
  return uuid;
}
const TopicId kTopic{Numbered(1)};

ImportedPost Wanted(int number, TopicId topic = kTopic) {
  ImportedPost wanted;
  Post& post = wanted.post;
  post.id = PostId(Numbered(100 + number));
  post.topic = topic;
  post.number = number;
  post.markdown = "text";
  post.create_time = kNow;
  return wanted;
}

// A topic that has posts up to `last`, of which those up to `imported` were imported.
ImportTargets Target(int last, int imported) {
  ImportTargets targets;
  targets[kTopic].topic.id = kTopic;
  targets[kTopic].topic.last_post_number = last;
  targets[kTopic].imported_post_number = imported;
  return targets;
}

void CheckRefused(const absl::Status& status, std::string_view field) {
  REQUIRE(Is(status, policy::reasons::kFieldInvalid));
  CHECK(DetailsOf(status)->violations[0].field == field);
}

TEST_CASE("an import fills an empty topic, and its posts count as read") {
  ImportTargets targets = Target(0, 0);
  const auto added = AddImported({Wanted(1), Wanted(2)}, {}, targets);
  REQUIRE(added.ok());
  CHECK(added->size() == 2);
  CHECK((*added)[1].post.id == PostId(Numbered(102)));
  CHECK(targets[kTopic].topic.last_post_number == 2);
  CHECK(targets[kTopic].imported_post_number == 2);
  CHECK(targets[kTopic].grows);
}

TEST_CASE("an import that is repeated adds nothing, one that goes on adds the rest") {
  ImportTargets targets = Target(2, 2);
  TakenNumbers taken{{{kTopic, 1}, PostId(Numbered(101))}, {{kTopic, 2}, PostId(Numbered(102))}};
  const auto again = AddImported({Wanted(1), Wanted(2)}, taken, targets);
  REQUIRE(again.ok());
  CHECK(again->empty());
  CHECK_FALSE(targets[kTopic].grows);
  CHECK(AddImported({Wanted(2), Wanted(3)}, taken, targets)->size() == 1);
}

TEST_CASE("a post that stands twice in an import is added once") {
  ImportTargets targets = Target(0, 0);
  CHECK(AddImported({Wanted(1), Wanted(1)}, {}, targets)->size() == 1);
}

TEST_CASE("what somebody posted after an import stays unread") {
  ImportTargets targets = Target(3, 2);
  const auto added = AddImported({Wanted(4)}, {}, targets);
  REQUIRE(added.ok());
  CHECK(targets[kTopic].imported_post_number == 2);
}

TEST_CASE("an import leaves no gap and takes no number from another post") {
  ImportTargets targets = Target(2, 2);
  const TakenNumbers taken{{{kTopic, 2}, PostId(Numbered(7))}};
  CheckRefused(AddImported({Wanted(3), Wanted(5)}, taken, targets).status(), "posts[1].number");
  targets = Target(2, 2);
  CheckRefused(AddImported({Wanted(2)}, taken, targets).status(), "posts[0].number");
  targets = Target(kMaxPostsPerTopic, 0);
  CheckRefused(AddImported({Wanted(kMaxPostsPerTopic + 1)}, {}, targets).status(),
               "posts[0].number");
  CheckRefused(AddImported({Wanted(1, TopicId(Numbered(9)))}, {}, targets).status(),
               "posts[0].name");
}

TEST_CASE("an import does not bring a deleted topic back") {
  ImportTargets targets = Target(2, 2);
  targets[kTopic].deleted = true;
  CHECK(AddImported({Wanted(1), Wanted(3)}, {}, targets)->empty());
}

TEST_CASE("an imported post may answer an earlier one of its topic") {
  ImportTargets targets = Target(0, 0);
  ImportedPost answer = Wanted(2);
  answer.post.reply_to = 1;
  CHECK(AddImported({Wanted(1), answer}, {}, targets)->at(1).post.reply_to == 1);
  targets = Target(0, 0);
  answer.post.reply_to = 2;
  CheckRefused(AddImported({Wanted(1), answer}, {}, targets).status(), "posts[1].reply_to_number");
}

TEST_CASE("an import brings the answer to a question that has none") {
  ImportTargets targets = Target(1, 1);
  targets[kTopic].topic.kind = TopicKind::kQuestion;
  ImportedPost answer = Wanted(2), other = Wanted(3);
  answer.accepted = other.accepted = true;
  REQUIRE(AddImported({answer, other}, {}, targets).ok());
  CHECK(targets[kTopic].topic.accepted_post == 2);
  CHECK(targets[kTopic].topic.version == 2);
  CHECK(targets[kTopic].answered);
}

TEST_CASE("nothing but what answers a question is imported as its answer") {
  ImportedPost first = Wanted(1), second = Wanted(2);
  first.accepted = second.accepted = true;
  ImportTargets targets = Target(0, 0);
  CheckRefused(AddImported({Wanted(1), second}, {}, targets).status(), "posts[1].accepted");
  targets = Target(0, 0);
  targets[kTopic].topic.kind = TopicKind::kQuestion;
  CheckRefused(AddImported({first}, {}, targets).status(), "posts[0].accepted");
}

TEST_CASE("an import counts reactions, and nobody reacts twice in one way") {
  ImportedPost post = Wanted(1);
  const MemberId ada(Numbered(1)), ben(Numbered(2));
  post.reactions = {{ada, ReactionKind::kLike, {}},
                    {ben, ReactionKind::kLike, {}},
                    {ada, ReactionKind::kThanks, {}}};
  ImportTargets targets = Target(0, 0);
  const ImportedPost added = AddImported({post}, {}, targets)->at(0);
  CHECK(added.post.reactions.stored() == std::vector<std::int32_t>{2, 1});
  CHECK(added.reactions[0].create_time == kNow);
  post.reactions.push_back({ben, ReactionKind::kLike, {}});
  targets = Target(0, 0);
  CheckRefused(AddImported({post}, {}, targets).status(), "posts[0].reactions");
}

TEST_CASE("an import cuts a long title between characters") {
  std::string umlauts;
  for (int i = 0; i < 250; ++i) umlauts += "\u00fc";
  CHECK(ImportedTitle("title", umlauts)->size() == 2 * kTitle.max_length);
  CHECK(*ImportedTitle("title", "Bread") == "Bread");
  CheckRefused(ImportedTitle("title", "\xff").status(), "title");
  CheckRefused(ImportedTitle("title", "two\nlines").status(), "title");
}

TEST_CASE("nothing is imported from the future") {
  // A day of tolerance: exports leave their time zone out.
  const absl::Time latest = kNow + absl::Hours(24);
  CHECK(CheckImportedTime("create_time", latest, kNow).ok());
  CheckRefused(CheckImportedTime("create_time", latest + absl::Seconds(1), kNow), "create_time");
}

}  // namespace
}  // namespace guildhall::discussions
