#include "services/identity/domain/throttle.h"

#include <algorithm>
#include <cmath>

#include "libs/base/check.h"
#include "services/identity/domain/throttle_rules.h"

namespace guildhall::identity {
namespace {

double LevelAt(const ThrottleLevel& level, const ThrottleRule& rule, absl::Time now) {
  // A clock that was set back drains nothing.
  const absl::Duration passed = std::max(now - level.at, absl::ZeroDuration());
  return std::max(0.0, level.level - rule.drain_per_hour * absl::ToDoubleHours(passed));
}

absl::Duration DelayAbove(double level, const ThrottleRule& rule) {
  if (level < rule.free) return absl::ZeroDuration();
  // 2^40 of any first delay is beyond every maximum.
  const double doublings = std::min(level - rule.free, 40.0);
  return std::min(rule.first_delay * std::exp2(doublings), rule.max_delay);
}

// When a bucket takes the next attempt. An open one is open for whoever counts next, whose time may
// be a little earlier: attempts made at once wait for each other's turn after reading the clock.
absl::Time OpenFrom(double level, const ThrottleRule& rule, absl::Time now) {
  const absl::Duration delay = DelayAbove(level, rule);
  return delay > absl::ZeroDuration() ? now + delay : ThrottleLevel().open_from;
}

// A clock that was set back must not close a bucket for longer than its rule does.
absl::Duration ClosedFor(const ThrottleBucket& bucket, absl::Time now) {
  return std::min(bucket.level.open_from - now, RuleFor(bucket.kind).max_delay);
}

void Pour(ThrottleBucket& bucket, absl::Time now) {
  const ThrottleRule rule = RuleFor(bucket.kind);
  const double level = LevelAt(bucket.level, rule, now) + 1;
  bucket.level = {level, now, OpenFrom(level, rule, now)};
}

}  // namespace

ThrottleRule RuleFor(ThrottleKind kind) {
  switch (kind) {
    case ThrottleKind::kAccount:
    case ThrottleKind::kAccountPlace:
      return kSignInsOfAccount;
    case ThrottleKind::kPlace:
      return kSignInsFromNetwork;
    case ThrottleKind::kEverywhere:
      return kSignInsEverywhere;
    case ThrottleKind::kSignUpPlace:
      return kSignUpsFromNetwork;
    case ThrottleKind::kResetAccount:
      return kResetsOfAccount;
    case ThrottleKind::kResetPlace:
      return kResetsFromNetwork;
    case ThrottleKind::kEmailAccount:
      return kEmailChangesOfAccount;
    case ThrottleKind::kEmailAddress:
      return kEmailChangesToAddress;
    case ThrottleKind::kReserve:
      return kSignInsOfKnownNetwork;
  }
  GUILDHALL_CHECK(false);
}

std::optional<absl::Duration> CountAttempt(std::span<ThrottleBucket> buckets, absl::Time now) {
  absl::Duration closed = absl::ZeroDuration();
  for (const ThrottleBucket& bucket : buckets) closed = std::max(closed, ClosedFor(bucket, now));
  if (closed > absl::ZeroDuration()) return closed;
  for (ThrottleBucket& bucket : buckets) Pour(bucket, now);
  return std::nullopt;
}

Verdict CountPasswordAttempt(std::span<ThrottleBucket> buckets, bool members_place,
                             absl::Time now) {
  absl::Duration anybody, owner;
  for (const ThrottleBucket& bucket : buckets) {
    const absl::Duration closed = ClosedFor(bucket, now);
    if (CountsFor(Hearing::kAnybody, bucket.kind)) anybody = std::max(anybody, closed);
    if (CountsFor(Hearing::kOwner, bucket.kind)) owner = std::max(owner, closed);
  }
  Verdict verdict{.hearing = Hearing::kNobody, .closed_for = anybody};
  if (anybody == absl::ZeroDuration()) {
    verdict.hearing = Hearing::kAnybody;
  } else if (members_place && owner == absl::ZeroDuration()) {
    verdict.hearing = Hearing::kOwner;
  }
  for (ThrottleBucket& bucket : buckets) {
    if (CountsFor(verdict.hearing, bucket.kind)) Pour(bucket, now);
  }
  return verdict;
}

bool CountsFor(Hearing hearing, ThrottleKind kind) {
  switch (hearing) {
    case Hearing::kAnybody:
      return kind != ThrottleKind::kReserve;
    case Hearing::kOwner:
      return kind == ThrottleKind::kAccountPlace || kind == ThrottleKind::kReserve;
    case Hearing::kNobody:
      return false;
  }
  GUILDHALL_CHECK(false);
}

void ForgiveAttempt(std::span<ThrottleBucket> buckets, absl::Time now) {
  for (ThrottleBucket& bucket : buckets) {
    const ThrottleRule rule = RuleFor(bucket.kind);
    const double level = std::max(0.0, LevelAt(bucket.level, rule, now) - 1);
    const absl::Time open_from = std::min(bucket.level.open_from, OpenFrom(level, rule, now));
    bucket.level = {level, now, open_from};
  }
}

}  // namespace guildhall::identity
