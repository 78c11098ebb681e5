#include "services/gateway/api/live_hub.h"

#include <algorithm>
#include <utility>

#include "guildhall/gateway/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/gateway/api/live_wire.h"

namespace guildhall::gateway {
namespace {

// How long changes are loaded after the last stream has gone: whoever reloads a page comes back.
constexpr absl::Duration kKeepReady = absl::Minutes(1);
// Over so much time those come back who are sent away all at once.
constexpr absl::Duration kComeBackWithin = absl::Seconds(2);
constexpr absl::Duration kTooManyRetry = absl::Seconds(30);
// Facts that are not known are asked; whoever has no answer by then is asked again.
constexpr absl::Duration kPatience = absl::Seconds(2);
constexpr absl::Duration kAskAgain = absl::Milliseconds(200);

absl::Status ComeBack(std::string why, absl::Duration wait = absl::ZeroDuration()) {
  return Refusal(reasons::kResume, std::move(why)).RetryAfter(wait);
}

}  // namespace

LiveHub::LiveHub(Parts parts)
    : parts_(std::move(parts)),
      tokens_(parts_.secret),
      ring_(parts_.limits.ring_changes, parts_.limits.ring_bytes) {}

void LiveHub::Join(LiveStreamPtr stream) {
  parts_.queue.Post([this, stream = std::move(stream)] {
    if (!closed_) Admit(stream);
  });
}

void LiveHub::Leave(LiveStreamPtr stream) {
  parts_.queue.Post([this, stream = std::move(stream)] {
    if (closed_ || std::exchange(stream->ended, true)) return;
    Drop(*stream);
  });
}

void LiveHub::Writable(LiveStreamPtr stream) {
  parts_.queue.Post([this, stream = std::move(stream)] {
    stream->stalled = false;
    if (!closed_ && !stream->ended) PumpSoon();
  });
}

void LiveHub::Dismiss(LiveStreamPtr stream) {
  parts_.queue.Post([this, stream = std::move(stream)] {
    if (closed_ || stream->ended) return;
    std::array<std::uint8_t, 1> chance;
    parts_.random.Fill(chance);
    End(stream, ComeBack("The gateway goes away; subscribe again with the last resume token.",
                         kComeBackWithin * chance[0] / 256));
    Ship();
  });
}

void LiveHub::Tick() {
  parts_.queue.Post([this] {
    if (closed_) return;
    late_votes_.TellDue(Now(),
                        [this](LoadedChange vote) { Tell(Log::kDiscussions, std::move(vote)); });
    Pump();
  });
}

bool LiveHub::Ready() const {
  return std::all_of(begun_.begin(), begun_.end(), [](bool begun) { return begun; });
}

void LiveHub::Begin(Log log, const LogPosition& at) {
  if (closed_) return;
  begun_[static_cast<std::size_t>(log)] = true;
  if (log == Log::kDiscussions) late_votes_.Clear();
  Positions positions = ring_.end_positions();
  positions[log] = at;
  ring_.Restart(WithVotes(positions));
  // Nothing of the past of these can be told any more.
  for (const LiveStreamPtr& stream : streams_) stream->begins_anew = stream->started;
  PumpSoon();
}

bool LiveHub::Skip(Log log, const LogPosition& end) {
  if (closed_) return true;
  if (!streams_.empty() || Now() - last_wanted_ < kKeepReady) return false;
  if (end.incarnation != ring_.end_positions()[log].incarnation) return false;
  Positions positions = ring_.end_positions();
  positions[log] = end;
  ring_.Restart(WithVotes(positions));
  return true;
}

void LiveHub::Append(Log log, LoadedPage page) {
  if (closed_) return;
  if (page.reset || page.end.incarnation != ring_.end_positions()[log].incarnation) {
    return Begin(log, page.end);
  }
  KeepLastVotes(page.changes);
  for (LoadedChange& change : page.changes) {
    const Place& before = ring_.end_positions()[log].place;
    if (change.IsVote()) {
      if (!late_votes_.TellsNow(change, before, Now())) continue;
    } else if (auto vote = late_votes_.TakeOf(change.name)) {
      Tell(log, *std::move(vote));
    }
    fresh_.push_back(change.time);
    Tell(log, std::move(change));
  }
  Positions end = ring_.end_positions();
  end[log].place = std::max(end[log].place, page.end.place);
  ring_.Pass(WithVotes(end));
  Pump();
}

void LiveHub::Tell(Log log, LoadedChange change) {
  Positions after = ring_.end_positions();
  after[log].place = std::max(after[log].place, change.told);
  auto frame = std::make_shared<LiveFrame>(log, std::move(change));
  const std::size_t bytes = frame->bytes();
  ring_.Append(std::move(frame), WithVotes(after), bytes);
}

Positions LiveHub::WithVotes(Positions positions) const {
  positions.votes = late_votes_.Told(positions[Log::kDiscussions].place);
  return positions;
}

void LiveHub::Admit(const LiveStreamPtr& stream) {
  if (stream->ended) return;
  stream->slot = streams_.size();
  streams_.push_back(stream);
  by_session_.emplace(stream->caller.session, stream.get());
  last_wanted_ = Now();
  parts_.measures.subscribers.Set(static_cast<double>(streams_.size()));
  if (++by_member_[stream->caller.member] > parts_.limits.streams_per_member) {
    End(stream, Refusal(reasons::kRateLimited, "This member has too many streams.")
                    .RetryAfter(kTooManyRetry));
  } else if (!Ready()) {
    End(stream, Refusal(reasons::kUpstreamAway, "Changes cannot be told yet; try again."));
  }
  PumpSoon();
}

void LiveHub::Drop(LiveStream& stream) {
  if (stream.slot >= streams_.size() || streams_[stream.slot].get() != &stream) return;
  if (std::exchange(stream.has_reader, false)) --log_readers_;
  const auto of_member = by_member_.find(stream.caller.member);
  if (--of_member->second == 0) by_member_.erase(of_member);
  by_session_.erase({stream.caller.session, &stream});
  last_wanted_ = Now();
  streams_.back()->slot = stream.slot;
  std::swap(streams_[stream.slot], streams_.back());
  streams_.pop_back();
  parts_.measures.subscribers.Set(static_cast<double>(streams_.size()));
}

void LiveHub::End(const LiveStreamPtr& stream, const absl::Status& status) {
  if (stream->ended) return;
  Give(stream, live::EndOf(stream->protocol, status));
  stream->ended = true;
  Drop(*stream);
}

void LiveHub::PumpSoon() {
  if (std::exchange(pump_posted_, true)) return;
  parts_.queue.Post([this] {
    pump_posted_ = false;
    Pump();
  });
}

void LiveHub::Pump() {
  if (closed_) return;
  if (shipping_) {
    pump_again_ = true;
    return;
  }
  pump_again_ = false;
  // Backwards, because a stream that ends leaves its slot to the last one.
  for (std::size_t i = streams_.size(); i-- > 0;) {
    const LiveStreamPtr stream = streams_[i];
    Advance(stream);
  }
  Ship();
}

void LiveHub::Ship() {
  if (given_.empty()) return;
  if (shipping_) {
    pump_again_ = true;
    return;
  }
  shipping_ = true;
  std::vector<Given> given;
  given.reserve(given_.size());
  for (LiveStreamPtr& stream : given_) {
    std::vector<http::Chunk> chunks = std::move(stream->out);
    const bool end = stream->ended;
    const bool loads = std::exchange(stream->loads, false);
    given.push_back({std::move(stream), std::move(chunks), end, loads});
  }
  given_.clear();
  parts_.loop.Post([this, given = std::move(given), fresh = std::exchange(fresh_, {})] {
    std::vector<LiveStreamPtr> stalled;
    for (const Given& one : given) {
      http::Exchange* const exchange = one.stream->exchange;
      if (exchange == nullptr) continue;
      if (one.loads) {
        parts_.fresh_callers.Mark(one.stream->caller_hash, parts_.clock.Monotonic());
      }
      exchange->Write(one.chunks);
      if (one.end) {
        one.stream->exchange = nullptr;
        exchange->End();
      } else if (exchange->unsent() > 0) {
        stalled.push_back(one.stream);
      }
    }
    parts_.queue.Post([this, stalled = std::move(stalled), fresh] { OnShipped(stalled, fresh); });
  });
}

void LiveHub::OnShipped(const std::vector<LiveStreamPtr>& stalled,
                        const std::vector<absl::Time>& fresh) {
  shipping_ = false;
  for (const LiveStreamPtr& stream : stalled) stream->stalled = true;
  const absl::Time now = parts_.clock.Now();
  for (const absl::Time time : fresh) {
    parts_.measures.lag_seconds.Observe(absl::ToDoubleSeconds(now - time));
  }
  if (pump_again_) Pump();
}

void LiveHub::OnSessionForgotten(const feeds::AccessChange& change) {
  using Kind = feeds::AccessChange::Kind;
  if (closed_) return;
  ++facts_changes_;
  std::vector<LiveStreamPtr> doubted;
  if (change.kind == Kind::kEverything) {
    doubted = streams_;
  } else {
    const SessionId session(change.subject);
    for (auto it = by_session_.lower_bound({session, nullptr});
         it != by_session_.end() && it->first == session; ++it) {
      doubted.push_back(streams_[it->second->slot]);
    }
  }
  for (const LiveStreamPtr& stream : doubted) {
    stream->doubted = true;
    Reassure(stream);
  }
  Ship();
}

bool LiveHub::Reassure(const LiveStreamPtr& stream) {
  if (!stream->doubted) return true;
  if (stream->asking || stream->wait_until > Now()) return false;
  const bool lives = AnswerFor(stream, CommunityId()).has_value();
  if (lives) stream->answers.clear();
  return lives;
}

std::optional<access::Answer> LiveHub::AnswerFor(const LiveStreamPtr& stream,
                                                 const CommunityId& community) {
  if (stream->asked_as_of != facts_changes_) stream->answers.clear();
  for (const auto& [about, answer] : stream->answers) {
    if (about == community) return answer;
  }
  stream->asked_as_of = facts_changes_;
  const auto about = community.IsNil() ? std::nullopt : std::optional(community);
  asked_ = stream.get();
  stream->asking = true;
  facts_->Ask({stream->caller, about}, Deadline::After(kPatience),
              [this, stream, community](absl::StatusOr<access::Answer> answer) {
                if (!parts_.queue.OnThread()) {
                  parts_.queue.Post([this, stream, community, answer = std::move(answer)] {
                    OnAnswer(stream, community, answer);
                  });
                } else if (asked_ == stream.get()) {
                  answered_ = std::move(answer);
                } else {
                  OnAnswer(stream, community, answer);
                }
              });
  asked_ = nullptr;
  if (!answered_) return std::nullopt;
  const absl::StatusOr<access::Answer> answer = *std::exchange(answered_, std::nullopt);
  stream->asking = false;
  return Counts(stream, answer) ? std::optional(*answer) : std::nullopt;
}

void LiveHub::OnAnswer(const LiveStreamPtr& stream, const CommunityId& community,
                       const absl::StatusOr<access::Answer>& answer) {
  stream->asking = false;
  if (closed_ || stream->ended) return;
  // What reassures is not kept: it may be long until the next change.
  const bool reassures = stream->doubted;
  const bool holds = stream->asked_as_of == facts_changes_;
  if (holds && Counts(stream, answer) && !reassures) {
    stream->answers.emplace_back(community, *answer);
  }
  if (stream->ended) return Ship();
  PumpSoon();
}

bool LiveHub::Counts(const LiveStreamPtr& stream, const absl::StatusOr<access::Answer>& answer) {
  if (!answer.ok()) {
    // What was answered before it grows old meanwhile.
    stream->answers.clear();
    stream->wait_until = Now() + kAskAgain;
    return false;
  }
  stream->doubted = false;
  if (answer->subject.session_live) return true;
  End(stream, Refusal(policy::reasons::kSessionEnded, "The session has ended."));
  return false;
}

}  // namespace guildhall::gateway
