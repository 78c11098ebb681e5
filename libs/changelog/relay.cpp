#include "libs/changelog/relay.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "changelog/statements.h"
#include "libs/base/random.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/settled.h"
#include "libs/changelog/stream.h"

namespace guildhall::changelog {
namespace {

// A relay that dies is missed for so long; until then tails ask twice a second.
constexpr absl::Duration kLease = absl::Seconds(5);
constexpr absl::Duration kRenew = absl::Seconds(1);
constexpr absl::Duration kMeasure = absl::Seconds(1);
constexpr absl::Duration kBusy = absl::Seconds(10);
// Half of it is the mean delay that the relay adds to a change.
constexpr absl::Duration kPauseBusy = absl::Milliseconds(25);
constexpr absl::Duration kPauseIdle = absl::Milliseconds(100);
constexpr absl::Duration kPauseAside = absl::Seconds(1);
// Sent to Redis at once: 250 KB.
constexpr std::size_t kBatch = 1000;

// Of the answer to XREVRANGE; nothing where there is no such place.
std::optional<Place> LastPlaceOf(const redis::Reply& reply) {
  if (reply.elements.empty() || reply.elements[0].elements.empty()) return std::nullopt;
  return PlaceOf(reply.elements[0].elements[0].text);
}

std::int64_t Signed(std::uint64_t xid) { return static_cast<std::int64_t>(xid); }

}  // namespace

Relay::Relay(RelayParts parts)
    : parts_(std::move(parts)),
      holder_(NewUuidV7(SystemClock().Now(), SystemRandom())),
      redis_(parts_.redis, "relay", &parts_.metrics, parts_.clock),
      settle_lag_seconds_(parts_.metrics.GaugeOf(
          "guildhall_changes_settle_lag_seconds",
          "Age of the oldest writer that is open, or of the oldest change that waits for one.")),
      backlog_(parts_.metrics.GaugeOf(
          "guildhall_changes_backlog",
          "Settled changes that the relay of this process has not published, at most 100,000.")),
      held_(parts_.metrics.GaugeOf("guildhall_changes_relay_held",
                                   "1 while this process publishes the log of its service.")),
      published_total_(parts_.metrics.CounterOf("guildhall_changes_published_total",
                                                "Changes that this process has published.")) {}

absl::StatusOr<int> Relay::RunOnce(const postgres::Context& context) {
  pause_ = kPauseAside;
  GUILDHALL_TRY(Measure(context));
  if (!redis_.configured()) return 0;
  GUILDHALL_ASSIGN(const bool held, Hold(context));
  held_.Set(held ? 1 : 0);
  if (!held) return 0;
  pause_ = std::max(kPauseIdle, redis_.pause());
  if (!placed_) GUILDHALL_TRY(FindPlace(context));
  parts_.before("read");
  std::vector<Unit> units;
  GUILDHALL_ASSIGN(const Page page, ReadSettledUnits(parts_.database, context, read_, units));
  if (page.reset) {
    read_ = published_ = page.end;
    return 0;
  }
  const absl::Duration now = parts_.clock.Monotonic();
  if (page.end != read_) changed_at_ = now;
  GUILDHALL_ASSIGN(const int count, PublishAll(units, context));
  if (placed_) read_ = page.end;
  pause_ = page.more ? absl::ZeroDuration() : now - changed_at_ < kBusy ? kPauseBusy : kPauseIdle;
  return count;
}

absl::StatusOr<bool> Relay::Hold(const postgres::Context& context) {
  const absl::Duration asked = parts_.clock.Monotonic();
  if (asked < held_until_ - kLease + kRenew) return true;
  parts_.before("hold");
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      parts_.database.Write(context, sql::kHoldRelay, holder_, absl::ToDoubleSeconds(kLease)));
  // Who gets the lease anew looks where the stream ends.
  if (asked >= held_until_) placed_ = false;
  if (rows.empty()) return false;
  held_until_ = asked + kLease;
  return true;
}

void Relay::Release(const postgres::Context& context) {
  if (held_until_ == -absl::InfiniteDuration()) return;
  parts_.database.Write(context, sql::kReleaseRelay, holder_).status().IgnoreError();
}

absl::Status Relay::FindPlace(const postgres::Context& context) {
  parts_.before("find");
  GUILDHALL_ASSIGN(const Page log, ReadSettled(parts_.database, context, {}));
  const std::string stream = StreamName(parts_.producer, log.end.incarnation);
  const Deadline soon = context.deadline.AtMost(parts_.redis.timeout);
  GUILDHALL_ASSIGN(const redis::Reply last,
                   redis_.Ask(redis::Command("XREVRANGE", stream, "+", "-", "COUNT", "1"), soon));
  const std::optional<Place> place = LastPlaceOf(last);
  // Read after the stream: another process may publish meanwhile.
  GUILDHALL_ASSIGN(const Page now, ReadSettled(parts_.database, context, {}));
  const bool empty = last.is_array() && last.elements.empty();
  if (place && place->xid < now.end.place.xid) {
    published_ = {log.end.incarnation, *place};
  } else if (!empty) {
    // It is no stream, or tells of what has not happened, and takes nothing that has.
    GUILDHALL_TRY(redis_.Ask(redis::Command("DEL", stream), soon).status());
  }
  if (published_.incarnation != log.end.incarnation) published_ = now.end;
  read_ = published_;
  placed_ = true;
  return absl::OkStatus();
}

absl::StatusOr<int> Relay::PublishAll(std::span<const Unit> rest,
                                      const postgres::Context& context) {
  int count = 0;
  while (!rest.empty()) {
    const std::span<const Unit> some = rest.first(std::min(rest.size(), kBatch));
    GUILDHALL_ASSIGN(const int published, PublishSome(some, context));
    count += published;
    if (!placed_) break;
    rest = rest.subspan(some.size());
  }
  return count;
}

absl::StatusOr<int> Relay::PublishSome(std::span<const Unit> units,
                                       const postgres::Context& context) {
  parts_.before("publish");
  const std::string stream = StreamName(parts_.producer, published_.incarnation);
  std::vector<redis::Command> commands;
  Place previous = published_.place;
  for (const Unit& unit : units) {
    commands.push_back(Publish(stream, unit, previous));
    previous = unit.place;
  }
  // Until it is known what has become of them.
  placed_ = false;
  GUILDHALL_ASSIGN(const std::vector<redis::Reply> replies,
                   redis_.Exchange(commands, context.deadline.AtMost(parts_.redis.timeout),
                                   context.cancellation));
  int count = 0;
  for (std::size_t i = 0; i < replies.size(); ++i) {
    if (IsThereAlready(replies[i])) return count;
    if (replies[i].is_error()) {
      return absl::ResourceExhaustedError("Redis refuses: " + replies[i].text);
    }
    published_.place = units[i].place;
    count += static_cast<int>(units[i].entries.size());
    published_total_.Increment(static_cast<double>(units[i].entries.size()));
  }
  placed_ = true;
  return count;
}

absl::Status Relay::Measure(const postgres::Context& context) {
  const absl::Duration now = parts_.clock.Monotonic();
  if (now < measure_at_) return absl::OkStatus();
  measure_at_ = now + kMeasure;
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   parts_.database.Read(
                       context, sql::kMeasureLog, Signed(published_.place.xid), published_.place.n,
                       static_cast<std::int64_t>(placed_ ? kMostStreamEntries : 0)));
  settle_lag_seconds_.Set(std::max(rows[0].Get<double>(0), rows[0].Get<double>(1)));
  backlog_.Set(static_cast<double>(rows[0].Get<std::int64_t>(2)));
  return absl::OkStatus();
}

}  // namespace guildhall::changelog
