#include "services/identity/domain/throttle.h"

#include <catch2/catch.hpp>

namespace guildhall::identity {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);

struct Buckets {
  std::vector<ThrottleBucket> all;
  absl::Time now = kNow;

  explicit Buckets(std::vector<ThrottleKind> kinds) {
    for (const ThrottleKind kind : kinds) all.push_back({kind, {}});
  }
  std::optional<absl::Duration> Try() { return CountAttempt(all, now); }
  int TriesUntilClosed() {
    int tries = 0;
    while (!Try()) ++tries;
    return tries;
  }
};

TEST_CASE("five mistakes are free, the next one waits a second, then twice as long each time") {
  Buckets account({ThrottleKind::kAccount});
  CHECK(account.TriesUntilClosed() == 5);
  for (const int seconds : {1, 2, 4, 8}) {
    CHECK(absl::AbsDuration(*account.Try() - absl::Seconds(seconds)) < absl::Milliseconds(300));
    account.now += *account.Try();
    CHECK_FALSE(account.Try().has_value());
  }
}

TEST_CASE("the wait has an end, and guessing goes on at the rate of the drain") {
  Buckets account({ThrottleKind::kAccount});
  int guesses = 0;
  for (const absl::Time end = kNow + absl::Hours(100); account.now < end;) {
    const auto closed = account.Try();
    if (closed) {
      CHECK(*closed <= RuleFor(ThrottleKind::kAccount).max_delay);
      account.now += *closed;
    } else {
      ++guesses;
    }
  }
  CHECK(guesses < 1250);
  CHECK(guesses > 1150);
}

TEST_CASE("an attempt against a closed bucket counts nowhere") {
  Buckets both({ThrottleKind::kAccount, ThrottleKind::kPlace});
  both.TriesUntilClosed();
  const double level = both.all[1].level.level;
  for (int i = 0; i < 10; ++i) CHECK(both.Try().has_value());
  CHECK(both.all[1].level.level == level);
}

TEST_CASE("a right password empties the account's bucket and takes one from the others") {
  Buckets both({ThrottleKind::kAccount, ThrottleKind::kPlace});
  for (int i = 0; i < 4; ++i) CHECK_FALSE(both.Try().has_value());
  ForgiveAttempt(both.all, kNow);
  CHECK(both.all[0].level.level == 0);
  CHECK(both.all[1].level.level == 3);
}

TEST_CASE("signing in to an account of one's own does not reopen a network") {
  Buckets place({ThrottleKind::kPlace});
  place.TriesUntilClosed();
  place.now += *place.Try();
  CHECK_FALSE(place.Try().has_value());
  const absl::Duration closed = *place.Try();
  place.now += closed;
  CHECK_FALSE(place.Try().has_value());
  ForgiveAttempt(place.all, place.now);
  CHECK(*place.Try() > 0.9 * closed);
}

TEST_CASE("attempts at once are counted, whichever read the clock first") {
  Buckets place({ThrottleKind::kPlace});
  CHECK_FALSE(place.Try().has_value());
  place.now -= absl::Milliseconds(5);
  CHECK_FALSE(place.Try().has_value());
  CHECK(place.all[0].level.level == Approx(2));
}

TEST_CASE("waiting forgives") {
  Buckets account({ThrottleKind::kAccount});
  account.TriesUntilClosed();
  account.now += kForgetAttemptsAfter;
  CHECK(account.TriesUntilClosed() == 5);
}

TEST_CASE("a clock that jumps back neither drains nor closes for longer than the rule") {
  Buckets account({ThrottleKind::kAccount});
  account.TriesUntilClosed();
  account.now -= absl::Hours(1000);
  CHECK(*account.Try() <= RuleFor(ThrottleKind::kAccount).max_delay);
}

TEST_CASE("every kind forgets in time") {
  for (const auto kind : {ThrottleKind::kAccount, ThrottleKind::kAccountPlace, ThrottleKind::kPlace,
                          ThrottleKind::kEverywhere, ThrottleKind::kSignUpPlace}) {
    const ThrottleRule rule = RuleFor(kind);
    CHECK((rule.free + 12) / rule.drain_per_hour < absl::ToDoubleHours(kForgetAttemptsAfter));
  }
}

}  // namespace
}  // namespace guildhall::identity
