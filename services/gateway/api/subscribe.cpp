// The course of one stream through what there is to tell.
#include <algorithm>
#include <utility>

#include "guildhall/gateway/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/gateway/api/late_votes.h"
#include "services/gateway/api/live_decision.h"
#include "services/gateway/api/live_hub.h"
#include "services/gateway/api/live_wire.h"

namespace guildhall::gateway {
namespace {

// What was away, or too busy, is asked again.
constexpr absl::Duration kAskAgain = absl::Milliseconds(200);

// Whether a client loads something because of what it is told: a community that came into view, a
// member, whose frame does not say how it stands, the posts of a topic that has moved.
bool Loads(const ChangeFacts& change, const Told& told) {
  const bool loads = change.subject == Subject::kMember || change.subject == Subject::kTopicMoved;
  return told.gained || (told.changed && loads);
}

// Whether a stream that is at `own` has been told.
bool IsTold(const LiveFrame& frame, const Positions& own) {
  return frame.place() <= (frame.IsVote() ? own.votes : own[frame.log()].place);
}

// A log has been read up to a place, votes and all.
void ReadUpTo(Positions& own, Log log, const Place& place) {
  own[log].place = std::max(own[log].place, place);
  if (log == Log::kDiscussions) own.votes = std::max(own.votes, place);
}

}  // namespace

void LiveHub::Give(const LiveStreamPtr& stream, http::Chunk chunk) {
  if (stream->out.empty()) given_.push_back(stream);
  stream->out.push_back(std::move(chunk));
}

std::string LiveHub::Seal(const Positions& positions) {
  ResumeTokens::Nonce nonce;
  parts_.random.Fill(nonce);
  return tokens_.Seal(positions, nonce);
}

http::Chunk LiveHub::Single(Protocol protocol, const Positions& positions,
                            const std::string& body) {
  const std::string token = Seal(positions);
  const live::Message message{token, body};
  return live::Pack(protocol, {&message, 1});
}

void LiveHub::Advance(const LiveStreamPtr& stream) {
  const auto free = [&] {
    return !stream->ended && !stream->asking && !stream->stalled && stream->wait_until <= Now();
  };
  const auto given = [&] {
    std::size_t bytes = 0;
    for (const http::Chunk& chunk : stream->out) bytes += chunk.framed().size();
    return bytes;
  };
  if (stream->ended || !Reassure(stream)) return;
  if (!free() || (!stream->started && !Start(stream))) return;
  if (stream->deadline.Passed()) {
    return End(stream, Refusal(policy::reasons::kDeadlinePassed, "The deadline passed."));
  }
  if (stream->begins_anew) BeginAnew(stream);
  while (free()) {
    if (given() >= Count(parts_.limits.ahead)) {
      pump_again_ = true;  // as soon as this has been taken
      return;
    }
    if (!stream->backlog.empty()) {
      if (!TellFromBacklog(stream)) return;
    } else if (stream->reads_log) {
      if (!ReadOn(stream)) return;
    } else if (!ring_.Holds(stream->cursor)) {
      parts_.measures.fell_behind.Increment();
      return End(stream, Refusal(reasons::kResume,
                                 "The reader is too slow; subscribe again with the last resume "
                                 "token.")
                             .RetryAfter(absl::ZeroDuration()));
    } else if (stream->cursor < ring_.end()) {
      if (!TellFromRing(stream)) return;
    } else {
      return Beat(stream);
    }
  }
}

bool LiveHub::Start(const LiveStreamPtr& stream) {
  if (!AnswerFor(stream, CommunityId())) return false;
  stream->answers.clear();
  stream->started = true;
  stream->beat_at = Now() + parts_.limits.heartbeat;
  stream->cursor = ring_.end();
  const Positions& now = ring_.end_positions();
  const auto positions = stream->resume_token.empty() ? now : tokens_.Open(stream->resume_token);
  const bool resumes = !stream->resume_token.empty();
  std::string().swap(stream->resume_token);
  if (!resumes) {
    stream->loads = true;
    Give(stream, Single(stream->protocol, now, live::StartedBody()));
  } else if (!positions || !positions->IsComparable(now)) {
    Give(stream, Single(stream->protocol, now, live::StartedBody()));
    BeginAnew(stream);
  } else {
    StartFrom(stream, *positions);
  }
  return true;
}

void LiveHub::StartFrom(const LiveStreamPtr& stream, const Positions& positions) {
  Give(stream, Single(stream->protocol, positions, live::StartedBody()));
  const Positions& now = ring_.end_positions();
  if (positions == now) {
    parts_.measures.resumed_from_memory.Increment();
  } else if (positions.Covers(ring_.start_positions())) {
    parts_.measures.resumed_from_memory.Increment();
    stream->own = positions;
    stream->cursor = ring_.begin();
  } else {
    std::int64_t behind = 0;
    for (std::size_t i = 0; i < kLogs; ++i) {
      const Log log = static_cast<Log>(i);
      behind = std::max(behind, now[log].place.n - positions.ReadFrom(log).place.n);
    }
    if (behind > parts_.limits.furthest_back) return BeginAnew(stream);
    parts_.measures.resumed_from_log.Increment();
    stream->own = positions;
    stream->reads_log = true;
  }
}

void LiveHub::BeginAnew(const LiveStreamPtr& stream) {
  parts_.measures.resets.Increment();
  stream->begins_anew = false;
  stream->reads_log = false;
  if (std::exchange(stream->has_reader, false)) --log_readers_;
  stream->own.reset();
  stream->backlog.clear();
  stream->answers.clear();
  stream->cursor = ring_.end();
  stream->loads = true;
  Give(stream, Single(stream->protocol, ring_.end_positions(), live::ResetBody()));
}

bool LiveHub::TellFromRing(const LiveStreamPtr& stream) {
  const auto& entry = ring_.At(stream->cursor);
  LiveFrame& frame = *entry.change;
  const bool known = stream->own && IsTold(frame, *stream->own);
  const std::optional<Told> told = known ? Told() : Judge(stream, frame);
  if (!told) return false;
  std::optional<Positions> after = stream->own;
  if (after) after->Join(entry.after);
  if (!told->Nothing()) {
    parts_.measures.deliveries.Increment();
    stream->loads |= Loads(frame.facts(), *told);
    if (after) {
      Give(stream, frame.Render(stream->protocol, *told, Seal(*stream->own), Seal(*after)));
    } else {
      Give(stream, frame.Shared(stream->protocol, *told, [&] {
        return std::pair(Seal(ring_.Before(stream->cursor)), Seal(entry.after));
      }));
    }
  }
  ++stream->cursor;
  // Where the ring is, the stream needs no positions of its own.
  if (after && *after == entry.after) after.reset();
  stream->own = after;
  return true;
}

bool LiveHub::TellFromBacklog(const LiveStreamPtr& stream) {
  const LiveFrame& frame = *stream->backlog.front();
  const std::optional<Told> told = Judge(stream, frame);
  if (!told) return false;
  Positions after = *stream->own;
  ReadUpTo(after, frame.log(), frame.told());
  if (!told->Nothing()) {
    parts_.measures.deliveries.Increment();
    stream->loads |= Loads(frame.facts(), *told);
    Give(stream, frame.Render(stream->protocol, *told, Seal(*stream->own), Seal(after)));
  }
  stream->own = after;
  stream->backlog.pop_front();
  if (stream->backlog.empty()) {
    ReadUpTo(*stream->own, stream->backlog_log, stream->backlog_end.place);
  }
  return true;
}

bool LiveHub::ReadOn(const LiveStreamPtr& stream) {
  const Positions& start = ring_.start_positions();
  for (std::size_t i = 0; i < kLogs; ++i) {
    const Log log = static_cast<Log>(i);
    const LogPosition from = stream->own->ReadFrom(log);
    if (from.place >= start.ReadFrom(log).place && (*stream->own)[log].place >= start[log].place) {
      continue;
    }
    if (!stream->has_reader && log_readers_ >= parts_.limits.log_readers) return false;
    if (!std::exchange(stream->has_reader, true)) ++log_readers_;
    stream->asking = parts_.read_log(
        log, from,
        [this, stream, log, settled = start[log].place](absl::StatusOr<LoadedPage> page) {
          // Where nothing more is, everything has been read up to where the ring began: that may
          // lie behind the last change, and a log may rest for long.
          if (page.ok() && !page->more && !page->reset) {
            page->end.place = std::max(page->end.place, settled);
          }
          OnPage(stream, log, std::move(page));
        });
    if (!stream->asking) stream->wait_until = Now() + kAskAgain;
    return false;
  }
  stream->reads_log = false;
  if (std::exchange(stream->has_reader, false)) --log_readers_;
  stream->cursor = ring_.begin();
  return true;
}

void LiveHub::OnPage(const LiveStreamPtr& stream, Log log, absl::StatusOr<LoadedPage> page) {
  stream->asking = false;
  if (closed_ || stream->ended || !stream->reads_log) return;
  const LogPosition own = stream->own->ReadFrom(log);
  if (!page.ok()) {
    stream->wait_until = Now() + kAskAgain;
  } else if (page->reset || page->end.incarnation != own.incarnation) {
    stream->begins_anew = true;
  } else {
    // What the ring has, is told from there: with it, the facts have been waited for.
    const Place start = ring_.start_positions()[log].place;
    const Place end = std::min(page->end.place, start);
    if (end <= own.place) stream->wait_until = Now() + kAskAgain;
    KeepLastVotes(page->changes);
    for (LoadedChange& change : page->changes) {
      if (change.place > start) continue;
      auto frame = std::make_shared<LiveFrame>(log, std::move(change));
      if (!IsTold(*frame, *stream->own)) stream->backlog.push_back(std::move(frame));
    }
    stream->backlog_log = log;
    stream->backlog_end = {own.incarnation, end};
    if (stream->backlog.empty()) ReadUpTo(*stream->own, log, end);
  }
  PumpSoon();
}

void LiveHub::Beat(const LiveStreamPtr& stream) {
  if (Now() < stream->beat_at || !AnswerFor(stream, CommunityId())) return;
  stream->answers.clear();
  stream->beat_at = Now() + parts_.limits.heartbeat;
  const Positions& now = ring_.end_positions();
  if (stream->own) {
    stream->own->Join(now);
    Give(stream, Single(stream->protocol, *stream->own, live::HeartbeatBody()));
    if (*stream->own == now) stream->own.reset();
    return;
  }
  if (beat_positions_ != now) beats_ = {};
  beat_positions_ = now;
  auto& beat = beats_[static_cast<std::size_t>(stream->protocol)];
  if (!beat) beat = Single(stream->protocol, now, live::HeartbeatBody());
  Give(stream, *beat);
}

std::optional<Told> LiveHub::Judge(const LiveStreamPtr& stream, const LiveFrame& frame) {
  const ChangeFacts& change = frame.facts();
  if (!stream->only.empty() && !stream->only.contains(change.community)) return Told();
  const auto answer = AnswerFor(stream, change.community);
  if (!answer) return std::nullopt;
  std::optional<access::Answer> parent;
  if (change.parent) {
    parent = AnswerFor(stream, *change.parent);
    if (!parent) return std::nullopt;
  }
  stream->answers.clear();
  return Decide(change, stream->caller.member, *answer, parent ? &*parent : nullptr);
}

}  // namespace guildhall::gateway
