#pragma once

#include <optional>
#include <span>
#include <vector>

#include "absl/time/time.h"

namespace guildhall::identity {

// What attempts are counted for. Numbers are stored.
enum class ThrottleKind {
  kAccount = 1,        // an address, from anywhere
  kAccountPlace = 2,   // an address, from one place
  kPlace = 3,          // a network
  kEverywhere = 4,     // all of it
  kSignUpPlace = 5,    // accounts opened from a network
  kReserve = 6,        // a network that members have signed in from, while others are not heard
  kResetAccount = 7,   // letters to an address by which its password is reset
  kResetPlace = 8,     // the same asked for from a network
  kEmailAccount = 9,   // letters that an account asks for, by which it gets another address
  kEmailAddress = 10,  // such letters to an address
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

// The rule of a kind (throttle_rules.h), for passwords that are the only factor.
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
// and answers how long it stays so, the longest of them. Counted before anything is checked, so
// that attempts made at once are counted as well as those made in turn.
std::optional<absl::Duration> CountAttempt(std::span<ThrottleBucket> buckets, absl::Time now);

// Whom an attempt at a password may let in.
enum class Hearing {
  kAnybody,  // whoever knows the password
  kOwner,    // whoever knows it and has been let in from this place before
  kNobody,   // the password is not looked at
};

struct Verdict {
  Hearing hearing = Hearing::kAnybody;
  absl::Duration closed_for;  // how long not anybody is heard; zero for kAnybody
};

// Counts one attempt at a password against `buckets`: one each of kAccount, kAccountPlace, kPlace,
// kEverywhere and kReserve.
//
// Others can close an account, a network or everything; then the owner is still heard from where he
// has been let in before, as often as that place's own guesses leave. `members_place` is whether
// anybody at all has been let in from this network: from nowhere else is a password looked at
// meanwhile, and there as often as kReserve leaves, so that those who are not heard do not keep the
// machine busy.
// Neither verdict nor what is counted depends on whether the account exists or has been here.
Verdict CountPasswordAttempt(std::span<ThrottleBucket> buckets, bool members_place, absl::Time now);

// Whether an attempt with this hearing was counted in the bucket of a kind.
bool CountsFor(Hearing hearing, ThrottleKind kind);

// The password was right: undoes the attempt. It leaves no more than that, not even for an account,
// or guessing would show whether there is an owner who signs in.
void ForgiveAttempt(std::span<ThrottleBucket> buckets, absl::Time now);

// After this long any bucket is empty and open, and its row may go: the fullest one that the delays
// let come about is a dozen above its rim and drains in two hours.
inline constexpr absl::Duration kForgetAttemptsAfter = absl::Hours(4);

}  // namespace guildhall::identity
