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

PostId PostNumbered(int n) { return PostId(Numbered(100 + n)); }

ImportedPost Wanted(int number, TopicId topic = kTopic) {
  ImportedPost wanted;
  Post& post = wanted.post;
  post.id = PostNumbered(number);
  post.topic = topic;
  post.number = number;
  post.markdown = "text";
  post.create_time = kNow;
  return wanted;
}

// One that leaves its number to the topic.
ImportedPost Unnumbered(int id) {
  ImportedPost wanted = Wanted(id);
  wanted.post.number = 0;
  return wanted;
}

// What stands of a post that was imported as `wanted`.
StandingPost StandingOf(const ImportedPost& wanted) {
  StandingPost standing{.post = wanted.post, .answered = wanted.answered};
  standing.mark = ImportMark{HalfOf(TextDigest(wanted.post)), AddedBits(wanted)};
  for (const Reaction& reaction : wanted.reactions) {
    standing.reacted.emplace(reaction.member, reaction.kind);
    standing.post.reactions.Add(reaction.kind);
  }
  return standing;
}

StandingPosts Standing(const std::vector<StandingPost>& posts) {
  StandingPosts standing;
  for (const StandingPost& each : posts) standing.posts[each.post.id] = each;
  return standing;
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

std::vector<ImportedPost> Placed(std::vector<ImportedPost> posts) {
  for (std::size_t i = 0; i < posts.size(); ++i) posts[i].place = static_cast<int>(i);
  return posts;
}

// The posts that an import adds which only creates.
absl::StatusOr<std::vector<ImportedPost>> AddImported(std::vector<ImportedPost> posts,
                                                      const StandingPosts& standing,
                                                      ImportTargets& targets) {
  auto decided =
      DecideImport(Placed(std::move(posts)), standing, targets, ImportManner::kCreateOnly);
  if (!decided.ok()) return decided.status();
  return std::move(decided->created);
}

// What becomes of posts in an import that follows its source.
ImportedPosts Followed(std::vector<ImportedPost> posts, const StandingPosts& standing,
                       ImportTargets& targets) {
  return *DecideImport(Placed(std::move(posts)), standing, targets, ImportManner::kFollowSource);
}
ImportOutcome OutcomeOf(const ImportedPost& post, const StandingPost& standing) {
  ImportTargets targets = Target(5, 5);
  return Followed({post}, Standing({standing}), targets).outcomes.at(0).second;
}

TEST_CASE("an import fills an empty topic, and its posts count as read") {
  ImportTargets targets = Target(0, 0);
  const auto added = AddImported({Wanted(1), Wanted(2)}, {}, targets);
  REQUIRE(added.ok());
  CHECK(added->size() == 2);
  CHECK((*added)[1].post.id == PostNumbered(2));
  CHECK(targets[kTopic].topic.last_post_number == 2);
  CHECK(targets[kTopic].imported_post_number == 2);
  CHECK(targets[kTopic].grows);
}

TEST_CASE("an import that is repeated adds nothing, one that goes on adds the rest") {
  ImportTargets targets = Target(2, 2);
  const StandingPosts there = Standing({StandingOf(Wanted(1)), StandingOf(Wanted(2))});
  const auto again = AddImported({Wanted(1), Wanted(2)}, there, targets);
  REQUIRE(again.ok());
  CHECK(again->empty());
  CHECK_FALSE(targets[kTopic].grows);
  CHECK(AddImported({Wanted(2), Wanted(3)}, there, targets)->size() == 1);
}

TEST_CASE("a post that stands twice in an import is added once") {
  ImportTargets targets = Target(0, 0);
  CHECK(AddImported({Wanted(1), Wanted(1)}, {}, targets)->size() == 1);
  targets = Target(0, 0);
  CHECK(Followed({Unnumbered(1), Unnumbered(1)}, {}, targets).created.size() == 1);
}

TEST_CASE("what somebody posted after an import stays unread") {
  ImportTargets targets = Target(3, 2);
  const auto added = AddImported({Wanted(4)}, {}, targets);
  REQUIRE(added.ok());
  CHECK(targets[kTopic].imported_post_number == 2);
}

TEST_CASE("an import leaves no gap and takes no number from another post") {
  ImportTargets targets = Target(2, 2);
  CheckRefused(AddImported({Wanted(3), Wanted(5)}, {}, targets).status(), "posts[1].number");
  targets = Target(2, 2);
  CheckRefused(AddImported({Wanted(2)}, {}, targets).status(), "posts[0].number");
  StandingPost elsewhere = StandingOf(Wanted(1, TopicId(Numbered(2))));
  CheckRefused(AddImported({Wanted(1)}, Standing({elsewhere}), targets).status(),
               "posts[0].number");
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
  const auto decided = Followed({Unnumbered(3)}, {}, targets);
  CHECK(decided.outcomes[0].second.result == ImportResult::kGone);
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

TEST_CASE("an imported post may name the one that it answers, which stands or comes before it") {
  ImportTargets targets = Target(2, 2);
  ImportedPost third = Unnumbered(3), fourth = Unnumbered(4), fifth = Unnumbered(5);
  third.answered = PostNumbered(2);
  fourth.answered = PostNumbered(3);
  fifth.answered = PostNumbered(9);
  const auto decided = Followed({third, fourth, fifth}, Standing({StandingOf(Wanted(2))}), targets);
  REQUIRE(decided.created.size() == 3);
  CHECK(decided.created[0].post.reply_to == 2);
  CHECK(decided.created[1].post.reply_to == 3);
  CHECK_FALSE(decided.created[2].post.reply_to);
  CHECK(decided.outcomes[2].second.asides == std::vector{ImportAside::kReply});
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

TEST_CASE("a post that stands as it was sent is left alone") {
  ImportTargets targets = Target(5, 5);
  const StandingPost standing = StandingOf(Wanted(2));
  const auto decided = Followed({Unnumbered(2)}, Standing({standing}), targets);
  CHECK(decided.outcomes[0].second.result == ImportResult::kUnchanged);
  CHECK(decided.outcomes[0].second.content_hash ==
        RecordHash().Name(MemberId()).Text("text").Time(kNow).Finish());
  CHECK(decided.created.empty());
  CHECK(decided.following.empty());
}

TEST_CASE("a post that the source has edited is brought, as a new version") {
  ImportTargets targets = Target(5, 5);
  ImportedPost edited = Unnumbered(2);
  edited.post.markdown = "better text";
  const auto decided = Followed({edited}, Standing({StandingOf(Wanted(2))}), targets);
  CHECK(decided.outcomes[0].second.result == ImportResult::kUpdated);
  REQUIRE(decided.following.size() == 1);
  const FollowingPost& following = decided.following[0];
  CHECK(following.rewritten);
  CHECK(following.post.markdown == "better text");
  CHECK(following.post.number == 2);
  CHECK(following.post.version == 2);
  CHECK(following.mark.replaced == HalfOf(TextDigest(edited.post)));
}

TEST_CASE("a post that was edited here stays, whatever the source says") {
  StandingPost standing = StandingOf(Wanted(2));
  standing.post.markdown = "edited here";
  standing.post.version = 2;
  ImportedPost edited = Unnumbered(2);
  CHECK(OutcomeOf(edited, standing).result == ImportResult::kKept);
  edited.post.markdown = "edited there";
  CHECK(OutcomeOf(edited, standing).result == ImportResult::kKept);
  edited.post.markdown = "edited here";
  CHECK(OutcomeOf(edited, standing).result == ImportResult::kUnchanged);
}

TEST_CASE("a post that is gone stays gone, and one that stands elsewhere stays there") {
  StandingPost standing = StandingOf(Wanted(2));
  standing.post.delete_time = kNow;
  CHECK(OutcomeOf(Unnumbered(2), standing).result == ImportResult::kGone);
  standing = StandingOf(Wanted(2, TopicId(Numbered(2))));
  CHECK(OutcomeOf(Unnumbered(2), standing).result == ImportResult::kElsewhere);
  ImportTargets targets = Target(5, 5);
  StandingPosts left;
  left.moved.insert(PostNumbered(2));
  CHECK(Followed({Unnumbered(2)}, left, targets).outcomes[0].second.result == ImportResult::kGone);
}

TEST_CASE("a post that went into another topic stands there, whatever became of its own") {
  const TopicId other(Numbered(2));
  ImportTargets targets = Target(5, 5);
  targets[kTopic].deleted = true;
  const auto merged =
      Followed({Unnumbered(2), Unnumbered(3)}, Standing({StandingOf(Wanted(2, other))}), targets);
  CHECK(merged.outcomes[0].second.result == ImportResult::kElsewhere);
  CHECK(merged.outcomes[0].second.content_hash);
  CHECK(merged.outcomes[1].second.result == ImportResult::kGone);
  REQUIRE(merged.elsewhere.size() == 1);
  CHECK(merged.elsewhere[0].place == 0);
  CHECK(merged.elsewhere[0].topic == other);
  CHECK(merged.elsewhere[0].post == PostNumbered(2));
}

TEST_CASE("what its source has in another community than its topic is not added to it") {
  const CommunityId here(Numbered(5)), there(Numbered(6));
  ImportTargets targets = Target(2, 2);
  targets[kTopic].topic.community = here;
  ImportedPost stands = Unnumbered(2), fresh = Unnumbered(3), fits = Unnumbered(4);
  stands.community = fresh.community = there;
  stands.post.markdown = "better text";
  fits.community = here;
  const auto decided = Followed({stands, fresh, fits}, Standing({StandingOf(Wanted(2))}), targets);
  CHECK(decided.outcomes[0].second.result == ImportResult::kUpdated);
  CHECK(decided.outcomes[1].second.result == ImportResult::kRefused);
  CHECK(decided.outcomes[1].second.sentence == "topic: stands in another community");
  CHECK(decided.outcomes[2].second.result == ImportResult::kCreated);
  CheckRefused(AddImported({fresh}, {}, targets).status(), "posts[0].community");
}

TEST_CASE("what comes late stands behind what was there, and says since when") {
  ImportTargets targets = Target(2, 2);
  targets[kTopic].topic.last_post_time = kNow + absl::Hours(1);
  const auto decided = Followed({Unnumbered(7)}, {}, targets);
  REQUIRE(decided.created.size() == 1);
  CHECK(decided.created[0].post.number == 3);
  CHECK(decided.outcomes[0].second.late_time == kNow + absl::Hours(1));
  const ImportOutcome again = OutcomeOf(Unnumbered(7), StandingOf(decided.created[0]));
  CHECK(again.result == ImportResult::kUnchanged);
  CHECK(again.late_time == kNow + absl::Hours(1));
}

TEST_CASE("what cannot be taken is refused alone") {
  ImportTargets targets = Target(2, 2);
  StandingPost of_another = StandingOf(Wanted(1));
  of_another.post.author = MemberId(Numbered(5));
  const auto decided = Followed({Unnumbered(1), Unnumbered(3), Wanted(1, TopicId(Numbered(9)))},
                                Standing({of_another}), targets);
  REQUIRE(decided.outcomes.size() == 3);
  CHECK(decided.outcomes[0].second.sentence ==
        "author is another than that of the post, which stays");
  CHECK(decided.outcomes[1].second.result == ImportResult::kCreated);
  CHECK(decided.outcomes[2].second.result == ImportResult::kRefused);
}

TEST_CASE(
    "reactions that are new at the source are added, those that were taken back here are not") {
  const MemberId ada(Numbered(1)), ben(Numbered(2));
  ImportedPost post = Unnumbered(2);
  post.reactions = {{ada, ReactionKind::kLike, {}}};
  StandingPost standing = StandingOf(Wanted(2));
  standing.mark = StandingOf(post).mark;
  const ImportOutcome taken_back = OutcomeOf(post, standing);
  CHECK(taken_back.result == ImportResult::kUnchanged);
  CHECK(taken_back.missing_reactions == std::vector{0});
  CHECK(taken_back.reactions_hash == RecordHash().Finish());
  post.reactions.push_back({ben, ReactionKind::kThanks, {}});
  ImportTargets targets = Target(5, 5);
  const auto decided = Followed({post}, Standing({StandingOf(Wanted(2))}), targets);
  CHECK(decided.outcomes[0].second.result == ImportResult::kUpdated);
  REQUIRE(decided.following.size() == 1);
  CHECK(decided.following[0].reactions.size() == 2);
  CHECK_FALSE(decided.following[0].rewritten);
  CHECK(decided.following[0].post.reactions.stored() == std::vector<std::int32_t>{1, 1});
}

TEST_CASE("an answer that was taken back here stays so when the source adds reactions") {
  ImportedPost post = Unnumbered(2);
  post.accepted = true;
  StandingPost standing = StandingOf(Wanted(2));
  standing.mark = StandingOf(post).mark;
  post.reactions = {{MemberId(Numbered(1)), ReactionKind::kLike, {}}};
  ImportTargets targets = Target(5, 5);
  targets[kTopic].topic.kind = TopicKind::kQuestion;
  const auto decided = Followed({post}, Standing({standing}), targets);
  CHECK_FALSE(targets[kTopic].topic.accepted_post);
  CHECK(decided.outcomes[0].second.asides == std::vector{ImportAside::kAccepted});
  CHECK(decided.following.at(0).reactions.size() == 1);
}

TEST_CASE("a reaction that was taken back here stays so when the source accepts the answer") {
  ImportedPost post = Unnumbered(2);
  post.reactions = {{MemberId(Numbered(1)), ReactionKind::kLike, {}}};
  StandingPost standing = StandingOf(post);
  standing.reacted.clear();
  post.accepted = true;
  ImportTargets targets = Target(5, 5);
  targets[kTopic].topic.kind = TopicKind::kQuestion;
  const auto decided = Followed({post}, Standing({standing}), targets);
  CHECK(decided.outcomes[0].second.missing_reactions == std::vector{0});
  CHECK(targets[kTopic].topic.accepted_post);
}

TEST_CASE("an answer that is new at the source is accepted unless there is one") {
  ImportedPost post = Unnumbered(2);
  post.accepted = true;
  ImportTargets targets = Target(5, 5);
  targets[kTopic].topic.kind = TopicKind::kQuestion;
  const StandingPosts standing = Standing({StandingOf(Wanted(2))});
  CHECK(Followed({post}, standing, targets).outcomes[0].second.result == ImportResult::kUpdated);
  CHECK(targets[kTopic].topic.accepted_post == 2);
  targets[kTopic].topic.accepted_post = 3;
  const ImportOutcome other = Followed({post}, standing, targets).outcomes[0].second;
  CHECK(other.result == ImportResult::kUnchanged);
  CHECK(other.asides == std::vector{ImportAside::kAccepted});
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
