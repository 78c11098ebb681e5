#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"

namespace guildhall::discussions {

// Polls, and what is promised about anonymous ones.
//
// The promise: whoever reads what is stored, logged or told, all of it at one time, learns who has
// voted, in which order, and at the end how often each option was chosen; and not who chose what.
// Stored are, of each vote, that it was cast (poll_voters, the claim of the request id without its
// choice, an entry of the change log), and one row of numbers for the whole poll, which is
// rewritten by each vote: so its row version names the last voter, and its content tells all of
// them together. Numbers are told once, when no vote can follow, and not of fewer than kMinTurnout;
// so nobody learns a choice from what numbers were before and after it.
//
// Not promised: against who sees the database at two times with few votes in between (copies, its
// write-ahead log, a log of its statements with their parameters, row versions that it has not
// cleaned away), or the memory or traffic of the service. To hide it from them, votes would have to
// be counted later than they are cast, and a crash in between would lose some or count them twice.
// And where all chose alike, or all but oneself, the numbers say who chose what.

// The numbers of guildhall.discussions.v1.PollChoice, PollBallot and PollResults.
enum class PollChoice { kSingle = 1, kMultiple };
enum class PollBallot { kNamed = 1, kAnonymous };
enum class PollResults { kAlways = 1, kAfterVoting, kAfterClosing };

struct Poll {
  TopicId topic;
  std::vector<std::string> options;
  PollChoice choice = PollChoice::kSingle;
  PollBallot ballot = PollBallot::kNamed;
  PollResults results = PollResults::kAlways;
  // When it takes no more votes by itself.
  std::optional<absl::Time> close_time;
  // By somebody, before that.
  bool closed = false;
  // By whom; unset while it is open, and where that was not kept.
  std::optional<MemberId> closer;
  int voter_count = 0;
  // How often each option was chosen.
  std::vector<std::int32_t> counts;
};

// What one member has cast.
struct OwnVote {
  bool voted = false;
  // Numbers of options from 1 on, in their order; where votes are named.
  std::vector<std::int32_t> options;
};

// A vote as others see it.
struct NamedVote {
  MemberId member;
  std::vector<std::int32_t> options;
  absl::Time time;
};

// A poll as somebody asks for it; numbers of enums as they came.
struct AskedPoll {
  std::vector<std::string> options;
  int choice = 0;
  int ballot = 0;
  int results = 0;
  std::optional<absl::Time> close_time;
};

// A poll without votes, of no topic yet. Fails with: FIELD_INVALID on a field of `field`.
absl::StatusOr<Poll> PollFrom(const std::string& field, const AskedPoll& asked);

// OK when a poll that begins now closes within a year, if it has a time for that. Apart from
// PollFrom because it depends on the time: a repeat, which may come after the end, is answered as
// the first request was. Fails with: FIELD_INVALID on `field`.
absl::Status CheckCloseTime(std::string_view field, const Poll& poll, absl::Time now);

// The options that a vote chooses, in their order. Fails with: FIELD_INVALID on `field` (a number
// of none, one twice, or not as many as the poll takes).
absl::StatusOr<std::vector<std::int32_t>> OptionsFrom(std::string_view field, const Poll& poll,
                                                      std::span<const std::int32_t> numbers);

// Whether the poll takes no more votes.
bool IsClosed(const Poll& poll, absl::Time now);

// Counts a vote for options of OptionsFrom, in place of the member's earlier one. `own` holds what
// is to be known of it afterwards, which is nothing of the choice where votes are anonymous.
// Fails with: POLL_CLOSED, VOTE_FINAL.
absl::Status CastVote(Poll& poll, OwnVote& own, std::vector<std::int32_t> options, absl::Time now);

// Counts the member's vote no more, if there is one. Fails with: POLL_ANONYMOUS, POLL_CLOSED.
absl::Status WithdrawVote(Poll& poll, OwnVote& own, absl::Time now);

// Closes a poll that is open, before its time.
void ClosePoll(Poll& poll, MemberId closer);

// Opens a poll that was closed, until its time.
void OpenPoll(Poll& poll);

// OK when a closed poll may be opened again: before its time, and where numbers were shown before
// it was closed. Where they are told after closing they have been told, and whoever voted then
// would know what others chose: those who have voted did not. Fails with: POLL_FINAL.
absl::Status CheckOpening(const Poll& poll, MemberId author, absl::Time now);

// OK when its author may do so, too, which opens what it closed itself. Fails with: POLL_FINAL,
// CLOSED_BY_MODERATOR.
absl::Status CheckOwnOpening(const Poll& poll, MemberId author, absl::Time now);

// Whether who has voted so sees how often options were chosen.
bool ShowsResults(const Poll& poll, const OwnVote& own, absl::Time now);

// OK when who has voted so sees who chose what. Fails with: POLL_ANONYMOUS, RESULTS_HIDDEN.
absl::Status CheckListingVotes(const Poll& poll, const OwnVote& own, absl::Time now);

}  // namespace guildhall::discussions
