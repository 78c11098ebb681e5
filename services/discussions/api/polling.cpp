#include "services/discussions/api/polling.h"

#include <utility>

#include "guildhall/change/v1/change.pb.h"
#include "libs/resources/names.h"
#include "libs/rpc/times.h"

namespace guildhall::discussions {

v1::Poll ToProto(const SeenPoll& seen, absl::Time now) {
  const Poll& poll = seen.poll;
  const bool shown = ShowsResults(poll, seen.own, now);
  v1::Poll out;
  out.set_topic(resources::Name(poll.topic));
  for (std::size_t i = 0; i < poll.options.size(); ++i) {
    v1::PollOption& option = *out.add_options();
    option.set_text(poll.options[i]);
    if (shown) option.set_vote_count(poll.counts[i]);
  }
  out.set_choice(static_cast<v1::PollChoice>(poll.choice));
  out.set_ballot(static_cast<v1::PollBallot>(poll.ballot));
  out.set_results(static_cast<v1::PollResults>(poll.results));
  if (poll.close_time) *out.mutable_close_time() = rpc::ToProto(*poll.close_time);
  out.set_closed(IsClosed(poll, now));
  out.set_voter_count(poll.voter_count);
  out.set_results_shown(shown);
  out.set_voted(seen.own.voted);
  for (const std::int32_t number : seen.own.options) out.add_own_options(number);
  return out;
}

absl::StatusOr<Poll> PollFrom(const std::string& field, const v1::Poll& asked) {
  AskedPoll poll{.choice = asked.choice(), .ballot = asked.ballot(), .results = asked.results()};
  for (const v1::PollOption& option : asked.options()) poll.options.push_back(option.text());
  if (asked.has_close_time()) {
    GUILDHALL_ASSIGN(poll.close_time, rpc::TimeFrom(field + ".close_time", asked.close_time()));
  }
  return PollFrom(field, poll);
}

absl::StatusOr<HeldPoll> HoldPoll(postgres::Work& work, Permit& permit, const rpc::Call& call,
                                  TopicId topic) {
  GUILDHALL_ASSIGN(LockedTopic locked, LockPermitted(work, permit, topic));
  GUILDHALL_ASSIGN(std::optional<SeenPoll> seen,
                   GetPoll(work, topic, locked.topic.community, call.grant().member()));
  if (!seen) return access::NotFound();
  return HeldPoll{std::move(locked.topic), *std::move(seen)};
}

absl::StatusOr<v1::Poll> SetPollOnce(Discussions& discussions, const rpc::Call& call, TopicId topic,
                                     std::string_view request_id, bool closed,
                                     CheckOfOpening check) {
  return WriteOnce<v1::Poll>(discussions, call, topic, request_id,
                             [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Poll> {
                               GUILDHALL_ASSIGN(HeldPoll held, HoldPoll(work, permit, call, topic));
                               Poll& poll = held.seen.poll;
                               if (closed == IsClosed(poll, call.now()))
                                 return ToProto(held.seen, call.now());
                               if (closed) {
                                 ClosePoll(poll, call.grant().member());
                               } else {
                                 GUILDHALL_TRY(check(poll, held.topic.author, call.now()));
                                 OpenPoll(poll);
                               }
                               UpdatePoll(work, poll);
                               AppendChange(work, change::v1::KIND_POLL_COUNTED, held.topic);
                               return ToProto(held.seen, call.now());
                             });
}

}  // namespace guildhall::discussions
