#pragma once

#include <optional>
#include <span>
#include <vector>

#include "absl/time/time.h"

namespace guildhall::identity {

// What attempts are counted for. Numbers are stored.
enum class ThrottleKind {
  kAccount = 1,       // an address, from anywhere it has no session from
  kAccountPlace = 2,  // an address, from one place that it has had a session from
  kPlace = 3,         // a network
  kEverywhere = 4,    // all of it
  kSignUpPlace = 5,   // accounts opened from a network
};

// A leaky bucket with an exponential delay above its rim.
//
// Each attempt pours 1, `drain_per_hour` runs off. Up to `free` attempts cost nothing; every one
// beyond doubles the wait before the next, from `first_delay` to `max_delay`. Whoever goes on
// guessing ends up with `drain_per_hour` attempts an hour.
struct ThrottleRule {
  double free = 0;
  double drain_per_hour = 0;
  absl::Duration first_delay;
  absl::Duration max_delay;
};

// The rule of a kind, for passwords that are the only factor. An account is never locked for good,
// which would let anybody lock anybody out: 12 guesses an hour do not find 15 characters.
ThrottleRule RuleFor(ThrottleKind kind);

// How full a bucket is. A bucket that was never touched is default-constructed.
struct ThrottleLevel {
  double level = 0;
  absl::Time at = absl::UnixEpoch();         // when `level` was so
  absl::Time open_from = absl::UnixEpoch();  // no attempt before
};

struct ThrottleBucket {
  ThrottleKind kind = ThrottleKind::kAccount;
  ThrottleLevel level;
};

// Counts one attempt against all of `buckets`, unless one of them is closed: then counts nothing
// and answers how long it stays so, the longest of them. Counted before the password is checked,
// so that guesses made at once are counted as well as those made in turn.
std::optional<absl::Duration> CountAttempt(std::span<ThrottleBucket> buckets, absl::Time now);

// The password was right: empties the account's bucket, for its owner has shown up, and undoes this
// attempt in the others, or an attacker could empty a network's bucket by signing in to an account
// of his own.
void ForgiveAttempt(std::span<ThrottleBucket> buckets, absl::Time now);

// After this long any bucket is empty and open, and its row may go: the fullest one that the delays
// let come about is a dozen above its rim and drains in two hours.
inline constexpr absl::Duration kForgetAttemptsAfter = absl::Hours(4);

}  // namespace guildhall::identity
