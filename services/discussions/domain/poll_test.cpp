#include "services/discussions/domain/poll.h"

#include <catch2/catch.hpp>

#include "guildhall/discussions/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;
using Numbers = std::vector<std::int32_t>;

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);
const MemberId kAda(Uuid{{1}}), kBen(Uuid{{2}});

AskedPoll Asked(PollBallot ballot = PollBallot::kNamed, PollChoice choice = PollChoice::kSingle) {
  return {.options = {"Rye", "Spelt", "Wheat"},
          .choice = static_cast<int>(choice),
          .ballot = static_cast<int>(ballot)};
}
Poll PollOf(const AskedPoll& asked) {
  const auto poll = PollFrom("poll", asked);
  INFO(poll.status());
  REQUIRE(poll.ok());
  return *poll;
}
bool Refuses(const AskedPoll& asked) {
  return Is(PollFrom("poll", asked).status(), policy_reasons::kFieldInvalid);
}

TEST_CASE("a poll says whether votes are named; the rest has a usual form") {
  const Poll named = PollOf({.options = {" Rye ", "Spelt"}, .ballot = 1});
  CHECK(named.options == std::vector<std::string>{"Rye", "Spelt"});
  CHECK(named.choice == PollChoice::kSingle);
  CHECK(named.results == PollResults::kAlways);
  CHECK(named.counts == Numbers{0, 0});
  CHECK(PollOf(Asked(PollBallot::kAnonymous)).results == PollResults::kAfterClosing);
  CHECK(Refuses({.options = {"Rye", "Spelt"}}));
  CHECK(Refuses({.options = {"Rye", "Spelt"}, .choice = 3, .ballot = 1}));
  CHECK(Refuses({.options = {"Rye", "Spelt"}, .ballot = 3}));
  CHECK(Refuses({.options = {"Rye", "Spelt"}, .ballot = 1, .results = -1}));
}

TEST_CASE("a poll has 2 to 20 different options of a line each") {
  const auto with = [](std::vector<std::string> options) {
    return AskedPoll{.options = std::move(options), .ballot = 1};
  };
  std::vector<std::string> many;
  for (std::size_t i = 0; i < kMaxPollOptions; ++i) many.push_back("Flour " + std::to_string(i));
  CHECK(PollOf(with(many)).counts.size() == kMaxPollOptions);
  many.emplace_back("One more");
  CHECK(Refuses(with(many)));
  CHECK(Refuses(with({})));
  CHECK(Refuses(with({"Rye"})));
  CHECK(Refuses(with({"Rye", "Rye "})));
  CHECK(Refuses(with({"Rye", " "})));
  CHECK(Refuses(with({"Rye", "two\nlines"})));
  CHECK(Refuses(with({"Rye", std::string(201, 'x')})));
}

TEST_CASE("a poll closes in the future, within a year") {
  AskedPoll asked = Asked();
  asked.close_time = kNow + absl::Hours(1);
  CHECK(PollOf(asked).close_time == asked.close_time);
  const auto closes = [&](absl::Duration after) {
    asked.close_time = kNow + after;
    return CheckCloseTime("poll.close_time", PollOf(asked), kNow).ok();
  };
  const absl::Duration latest = absl::Hours(24 * 366);
  CHECK(CheckCloseTime("poll.close_time", PollOf(Asked()), kNow).ok());
  CHECK((closes(absl::Nanoseconds(1)) && closes(latest)));
  CHECK_FALSE(closes(-absl::Hours(1)));
  CHECK_FALSE(closes(absl::ZeroDuration()));
  CHECK_FALSE(closes(latest + absl::Seconds(1)));
}

TEST_CASE("numbers of anonymous votes are told after closing, or not at all") {
  AskedPoll asked = Asked(PollBallot::kAnonymous);
  for (const PollResults results : {PollResults::kAlways, PollResults::kAfterVoting}) {
    asked.results = static_cast<int>(results);
    CHECK(Refuses(asked));
  }
}

TEST_CASE("a vote chooses one option, or several different ones, as the poll says") {
  const Poll one = PollOf(Asked());
  const Poll some = PollOf(Asked(PollBallot::kNamed, PollChoice::kMultiple));
  const auto chosen = [](const Poll& poll, Numbers numbers) {
    return OptionsFrom("options", poll, numbers);
  };
  CHECK(*chosen(one, {3}) == Numbers{3});
  CHECK(*chosen(some, {3, 1}) == Numbers{1, 3});
  CHECK_FALSE(chosen(one, {1, 2}).ok());
  for (const Numbers& numbers : {Numbers{}, {0}, {4}, {-1}, {1, 1}, {1, 4}}) {
    CHECK(Is(chosen(some, numbers).status(), policy_reasons::kFieldInvalid));
  }
}

TEST_CASE("a named vote is counted once, may change, and may be taken back") {
  Poll poll = PollOf(Asked());
  OwnVote own;
  REQUIRE(CastVote(poll, own, {1}, kNow).ok());
  REQUIRE(CastVote(poll, own, {3}, kNow).ok());
  CHECK(poll.counts == Numbers{0, 0, 1});
  CHECK(poll.voter_count == 1);
  CHECK(own.options == Numbers{3});
  REQUIRE(WithdrawVote(poll, own, kNow).ok());
  CHECK(poll.counts == Numbers{0, 0, 0});
  CHECK(poll.voter_count == 0);
  CHECK_FALSE(own.voted);
  CHECK(WithdrawVote(poll, own, kNow).ok());
}

TEST_CASE("whoever has not voted takes back nobody's vote") {
  Poll poll = PollOf(Asked());
  OwnVote own, other;
  REQUIRE(CastVote(poll, other, {2}, kNow).ok());
  REQUIRE(WithdrawVote(poll, own, kNow).ok());
  CHECK(poll.voter_count == 1);
  CHECK(poll.counts == Numbers{0, 1, 0});
}

TEST_CASE("an anonymous vote is final, and what it chose is forgotten at once") {
  Poll poll = PollOf(Asked(PollBallot::kAnonymous));
  OwnVote own;
  REQUIRE(CastVote(poll, own, {2}, kNow).ok());
  CHECK(own.voted);
  CHECK(own.options.empty());
  CHECK(Is(CastVote(poll, own, {1}, kNow), reasons::kVoteFinal));
  CHECK(Is(WithdrawVote(poll, own, kNow), reasons::kPollAnonymous));
  CHECK(poll.counts == Numbers{0, 1, 0});
}

TEST_CASE("a closed poll takes no votes and gives none back") {
  AskedPoll asked = Asked();
  asked.close_time = kNow + absl::Hours(1);
  Poll by_time = PollOf(asked), by_hand = PollOf(Asked());
  by_hand.closed = true;
  for (Poll* poll : {&by_time, &by_hand}) {
    OwnVote own;
    CHECK(Is(CastVote(*poll, own, {1}, kNow + absl::Hours(1)), reasons::kPollClosed));
    CHECK(Is(WithdrawVote(*poll, own, kNow + absl::Hours(1)), reasons::kPollClosed));
  }
  OwnVote own;
  CHECK(CastVote(by_time, own, {1}, kNow + absl::Minutes(59)).ok());
}

TEST_CASE("numbers are shown always, to who has voted, or after closing") {
  const OwnVote none, cast{.voted = true, .options = {1}};
  Poll poll = PollOf(Asked());
  CHECK(ShowsResults(poll, none, kNow));
  poll.results = PollResults::kAfterVoting;
  CHECK_FALSE(ShowsResults(poll, none, kNow));
  CHECK(ShowsResults(poll, cast, kNow));
  poll.results = PollResults::kAfterClosing;
  CHECK_FALSE(ShowsResults(poll, cast, kNow));
  CHECK(Is(CheckListingVotes(poll, cast, kNow), reasons::kResultsHidden));
  poll.closed = true;
  CHECK(ShowsResults(poll, none, kNow));
  CHECK(CheckListingVotes(poll, none, kNow).ok());
}

TEST_CASE("anonymous numbers are shown if five have voted, when no vote can follow") {
  AskedPoll asked = Asked(PollBallot::kAnonymous);
  asked.close_time = kNow + absl::Hours(1);
  Poll poll = PollOf(asked);
  poll.voter_count = kMinTurnout;
  const absl::Time end = *poll.close_time;
  CHECK_FALSE(ShowsResults(poll, {}, end));
  CHECK_FALSE(ShowsResults(poll, {}, end + kPollSettles - absl::Seconds(1)));
  CHECK(ShowsResults(poll, {}, end + kPollSettles));
  poll.closed = true;
  CHECK(ShowsResults(poll, {}, kNow));
  CHECK(Is(CheckListingVotes(poll, {}, kNow), reasons::kPollAnonymous));
  poll.voter_count = kMinTurnout - 1;
  CHECK_FALSE(ShowsResults(poll, {}, end + absl::Hours(24)));
}

TEST_CASE("who has closed a poll opens it again, and who keeps order any") {
  Poll poll = PollOf(Asked());
  ClosePoll(poll, kAda);
  CHECK(IsClosed(poll, kNow));
  CHECK(CheckOwnOpening(poll, kAda, kNow).ok());
  CHECK(Is(CheckOwnOpening(poll, kBen, kNow), reasons::kClosedByModerator));
  CHECK(CheckOpening(poll, kBen, kNow).ok());
  OpenPoll(poll);
  CHECK_FALSE(IsClosed(poll, kNow));
  CHECK(poll.closer == std::nullopt);
}

TEST_CASE("a poll whose time is over, or that told its numbers on closing, stays closed") {
  AskedPoll asked = Asked();
  asked.close_time = kNow + absl::Hours(1);
  Poll over = PollOf(asked);
  ClosePoll(over, kAda);
  CHECK(CheckOwnOpening(over, kAda, kNow + absl::Minutes(59)).ok());
  CHECK(Is(CheckOpening(over, kAda, kNow + absl::Hours(1)), reasons::kPollFinal));
  Poll told = PollOf(Asked(PollBallot::kAnonymous));
  ClosePoll(told, kAda);
  CHECK(Is(CheckOpening(told, kAda, kNow), reasons::kPollFinal));
  CHECK(Is(CheckOwnOpening(told, kAda, kNow), reasons::kPollFinal));
}

TEST_CASE("a poll that counted wrong never shows less than none") {
  Poll poll = PollOf(Asked());
  OwnVote own{.voted = true, .options = {1}};
  REQUIRE(WithdrawVote(poll, own, kNow).ok());
  CHECK(poll.counts == Numbers{0, 0, 0});
  CHECK(poll.voter_count == 0);
}

}  // namespace
}  // namespace guildhall::discussions
