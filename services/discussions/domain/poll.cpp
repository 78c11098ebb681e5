#include "services/discussions/domain/poll.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"
#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/base/text.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

// `number` as one of the values 1 to `last` of an enum; 0 means `unsaid`.
template <typename Enum>
absl::StatusOr<Enum> ValueOf(const std::string& field, int number, Enum unsaid, Enum last) {
  if (number == 0) return unsaid;
  if (number >= 1 && number <= static_cast<int>(last)) return static_cast<Enum>(number);
  return WrongField(field, "is one of the values of the contract");
}

absl::StatusOr<std::vector<std::string>> TextsFrom(const std::string& field,
                                                   const std::vector<std::string>& asked) {
  if (asked.size() < kMinPollOptions || asked.size() > kMaxPollOptions) {
    return WrongField(field, absl::StrCat("takes ", kMinPollOptions, " to ", kMaxPollOptions));
  }
  std::vector<std::string> texts;
  for (const std::string& text : asked) {
    GUILDHALL_ASSIGN(std::string tidy, TidyText(field, text, kPollOption));
    if (std::ranges::find(texts, tidy) != texts.end()) {
      return WrongField(field, "has an option twice");
    }
    texts.push_back(std::move(tidy));
  }
  return texts;
}

// Adds to the counts of some options; none gets less than none, should a row have counted wrong.
void Count(Poll& poll, std::span<const std::int32_t> options, int more) {
  for (const std::int32_t number : options) {
    std::int32_t& count = poll.counts[static_cast<std::size_t>(number) - 1];
    count = std::max(count + more, 0);
  }
}

absl::Status CheckVoting(const Poll& poll, absl::Time now) {
  if (!IsClosed(poll, now)) return absl::OkStatus();
  return Refusal(reasons::kPollClosed, "The poll takes no more votes.");
}

absl::Status CheckNamed(const Poll& poll) {
  if (poll.ballot == PollBallot::kNamed) return absl::OkStatus();
  return Refusal(reasons::kPollAnonymous, "Votes of the poll are anonymous.");
}

}  // namespace

absl::StatusOr<Poll> PollFrom(const std::string& field, const AskedPoll& asked) {
  Poll poll;
  GUILDHALL_ASSIGN(poll.options, TextsFrom(field + ".options", asked.options));
  poll.counts.resize(poll.options.size());
  GUILDHALL_ASSIGN(poll.choice, ValueOf(field + ".choice", asked.choice, PollChoice::kSingle,
                                        PollChoice::kMultiple));
  if (asked.ballot == 0) return WrongField(field + ".ballot", "is due");
  GUILDHALL_ASSIGN(poll.ballot, ValueOf(field + ".ballot", asked.ballot, PollBallot::kNamed,
                                        PollBallot::kAnonymous));
  const bool anonymous = poll.ballot == PollBallot::kAnonymous;
  GUILDHALL_ASSIGN(poll.results,
                   ValueOf(field + ".results", asked.results,
                           anonymous ? PollResults::kAfterClosing : PollResults::kAlways,
                           PollResults::kAfterClosing));
  if (anonymous && poll.results != PollResults::kAfterClosing) {
    return WrongField(field + ".results", "of anonymous votes are told after closing");
  }
  poll.close_time = asked.close_time;
  return poll;
}

absl::Status CheckCloseTime(std::string_view field, const Poll& poll, absl::Time now) {
  const std::optional<absl::Time>& time = poll.close_time;
  if (!time || (*time > now && *time <= now + kMaxPollTime)) return absl::OkStatus();
  return WrongField(field, "lies within a year from now");
}

absl::StatusOr<std::vector<std::int32_t>> OptionsFrom(std::string_view field, const Poll& poll,
                                                      std::span<const std::int32_t> numbers) {
  if (numbers.empty()) return WrongField(field, "chooses at least one");
  if (numbers.size() > 1 && poll.choice == PollChoice::kSingle) {
    return WrongField(field, "chooses one only");
  }
  std::vector<std::int32_t> options(numbers.begin(), numbers.end());
  std::ranges::sort(options);
  if (options.front() < 1 || options.back() > static_cast<std::int32_t>(poll.options.size())) {
    return WrongField(field, "holds the number of no option");
  }
  if (std::ranges::adjacent_find(options) != options.end()) {
    return WrongField(field, "chooses an option twice");
  }
  return options;
}

bool IsClosed(const Poll& poll, absl::Time now) {
  return poll.closed || (poll.close_time && *poll.close_time <= now);
}

absl::Status CastVote(Poll& poll, OwnVote& own, std::vector<std::int32_t> options, absl::Time now) {
  GUILDHALL_TRY(CheckVoting(poll, now));
  const bool anonymous = poll.ballot == PollBallot::kAnonymous;
  if (anonymous && own.voted) {
    return Refusal(reasons::kVoteFinal, "The caller has voted, and the vote cannot be changed.");
  }
  Count(poll, own.options, -1);
  Count(poll, options, 1);
  if (!own.voted) ++poll.voter_count;
  own.voted = true;
  if (!anonymous) own.options = std::move(options);
  return absl::OkStatus();
}

absl::Status WithdrawVote(Poll& poll, OwnVote& own, absl::Time now) {
  GUILDHALL_TRY(CheckNamed(poll));
  GUILDHALL_TRY(CheckVoting(poll, now));
  if (!own.voted) return absl::OkStatus();
  Count(poll, own.options, -1);
  poll.voter_count = std::max(poll.voter_count - 1, 0);
  own = {};
  return absl::OkStatus();
}

void ClosePoll(Poll& poll, MemberId closer) {
  poll.closed = true;
  poll.closer = closer;
}

void OpenPoll(Poll& poll) {
  poll.closed = false;
  poll.closer.reset();
}

absl::Status CheckOpening(const Poll& poll, MemberId, absl::Time now) {
  const bool over = poll.close_time && *poll.close_time <= now;
  if (!over && poll.results != PollResults::kAfterClosing) return absl::OkStatus();
  return Refusal(reasons::kPollFinal, "The poll is over, and is not opened again.");
}

absl::Status CheckOwnOpening(const Poll& poll, MemberId author, absl::Time now) {
  GUILDHALL_TRY(CheckOpening(poll, author, now));
  if (poll.closer == author) return absl::OkStatus();
  return Refusal(reasons::kClosedByModerator, "Who keeps order has closed the poll.");
}

bool ShowsResults(const Poll& poll, const OwnVote& own, absl::Time now) {
  if (poll.ballot == PollBallot::kAnonymous) {
    // Who closes it holds the lock that votes take; the clock holds nobody back.
    const bool over = poll.closed || (poll.close_time && *poll.close_time + kPollSettles <= now);
    return over && poll.voter_count >= kMinTurnout;
  }
  return poll.results == PollResults::kAlways || IsClosed(poll, now) ||
         (poll.results == PollResults::kAfterVoting && own.voted);
}

absl::Status CheckListingVotes(const Poll& poll, const OwnVote& own, absl::Time now) {
  GUILDHALL_TRY(CheckNamed(poll));
  if (ShowsResults(poll, own, now)) return absl::OkStatus();
  return Refusal(reasons::kResultsHidden, "What was voted for is not shown to the caller yet.");
}

}  // namespace guildhall::discussions
