#include "libs/changelog/tail.h"

#include <poll.h>

#include <algorithm>
#include <utility>

#include "libs/base/status_macros.h"

namespace guildhall::changelog {
namespace {

// The source is not asked more often because of gaps: a stream that makes no sense costs no more.
constexpr absl::Duration kAskAgain = absl::Milliseconds(20);
// How long the source may take: longer than any answer, shorter than who waits for changes notices.
constexpr absl::Duration kPatience = absl::Seconds(2);

void WaitFor(absl::Duration wait, Cancellation* cancellation) {
  pollfd cancelled{
      .fd = cancellation == nullptr ? -1 : cancellation->fd(), .events = POLLIN, .revents = 0};
  poll(&cancelled, 1, static_cast<int>(absl::ToInt64Milliseconds(wait)) + 1);
}

bool IsCancelled(const postgres::Context& context) {
  return context.cancellation != nullptr && context.cancellation->cancelled();
}

}  // namespace

Tail::Tail(TailParts parts, Position from)
    : parts_(std::move(parts)),
      stream_(parts_.redis, parts_.producer, parts_.metrics, parts_.clock),
      gaps_(parts_.metrics.CounterOf("guildhall_changes_gaps_total",
                                     "Times that a stream of changes lacked what came next.",
                                     {{"producer", parts_.producer}})),
      lag_seconds_(parts_.metrics.HistogramOf(
          "guildhall_changes_tail_lag_seconds",
          "From the begin of a change's transaction until it was heard of here.",
          {{"producer", parts_.producer}})) {
  Seek(from);
}

void Tail::Seek(Position from) {
  position_ = from;
  ask_at_ = -absl::InfiniteDuration();
}

absl::StatusOr<Page> Tail::Next(const postgres::Context& context) {
  absl::Status failure;
  do {
    const absl::Duration due = ask_at_ - parts_.clock.Monotonic();
    if (due <= absl::ZeroDuration()) {
      const bool begins = position_.IsNowhere();
      absl::StatusOr<Page> page = Ask(context);
      failure = page.status();
      if (page.ok() && (begins || page->reset || !page->entries.empty())) return page;
      continue;
    }
    const absl::Duration wait = std::min(due, context.deadline.Remaining());
    Page page;
    const StreamReader::Heard heard = stream_.Listen(wait, context, page);
    if (heard == StreamReader::Heard::kPage) {
      Took(page);
      return page;
    }
    if (heard == StreamReader::Heard::kGap) {
      gaps_.Increment();
      AskIn(kAskAgain);
    }
    if (heard == StreamReader::Heard::kAway) {
      AskIn(kAskAlone);
      WaitFor(std::min(wait, kAskAlone), context.cancellation);
    }
  } while (!context.deadline.Passed() && !IsCancelled(context));
  if (IsCancelled(context)) return absl::CancelledError("Nobody waits for changes any more.");
  if (!failure.ok()) return failure;
  return Page{.end = position_};
}

absl::StatusOr<Page> Tail::Ask(const postgres::Context& context) {
  asked_at_ = parts_.clock.Monotonic();
  ask_at_ = asked_at_ + kAskAlone;
  const postgres::Context soon{.deadline = context.deadline.AtMost(kPatience),
                               .cancellation = context.cancellation,
                               .traceparent = context.traceparent};
  GUILDHALL_ASSIGN(Page page, parts_.source(position_, soon));
  Took(page);
  stream_.Advance(position_);
  // Until the stream turns out to be away.
  ask_at_ = page.more ? asked_at_ : parts_.clock.Monotonic() + kAskAnyway;
  return page;
}

void Tail::AskIn(absl::Duration pause) { ask_at_ = std::min(ask_at_, asked_at_ + pause); }

void Tail::Took(const Page& page) {
  position_ = page.end;
  const absl::Time now = parts_.clock.Now();
  for (const Entry& entry : page.entries) {
    lag_seconds_.Observe(absl::ToDoubleSeconds(now - entry.time));
  }
}

}  // namespace guildhall::changelog
