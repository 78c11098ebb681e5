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

TEST_CASE(
    "five wrong passwords are free, the next one waits a second, then twice as long each time") {
  Buckets account({ThrottleKind::kAccount});
  CHECK(account.TriesUntilClosed() == 5);
  for (const int seconds : {1, 2, 4, 8}) {
    CHECK(absl::AbsDuration(*account.Try() - absl::Seconds(seconds)) < absl::Milliseconds(300));
    account.now += *account.Try();
    CHECK_FALSE(account.Try().has_value());
  }
}

TEST_CASE("whoever goes on guessing waits five minutes at most, and guesses twelve times an hour") {
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

TEST_CASE("an attempt that has to wait counts nowhere") {
  Buckets both({ThrottleKind::kAccount, ThrottleKind::kPlace});
  both.TriesUntilClosed();
  const double level = both.all[1].level.level;
  for (int i = 0; i < 10; ++i) CHECK(both.Try().has_value());
  CHECK(both.all[1].level.level == level);
}

TEST_CASE("a right password undoes its own attempt and no other") {
  Buckets both({ThrottleKind::kAccount, ThrottleKind::kPlace});
  for (int i = 0; i < 4; ++i) CHECK_FALSE(both.Try().has_value());
  ForgiveAttempt(both.all, kNow);
  CHECK(both.all[0].level.level == 3);
  CHECK(both.all[1].level.level == 3);
}

struct PasswordBuckets : Buckets {
  PasswordBuckets()
      : Buckets({ThrottleKind::kAccount, ThrottleKind::kAccountPlace, ThrottleKind::kPlace,
                 ThrottleKind::kEverywhere, ThrottleKind::kReserve}) {}

  void Close(ThrottleKind kind) { Of(kind).open_from = now + absl::Seconds(3); }
  ThrottleLevel& Of(ThrottleKind kind) {
    for (ThrottleBucket& bucket : all) {
      if (bucket.kind == kind) return bucket.level;
    }
    return all.front().level;
  }
  std::vector<double> Levels() {
    std::vector<double> levels;
    for (const ThrottleBucket& bucket : all) levels.push_back(bucket.level.level);
    return levels;
  }
};

TEST_CASE(
    "an attempt at a password counts for its address, here and anywhere, its network, and in all") {
  PasswordBuckets buckets;
  CHECK(CountPasswordAttempt(buckets.all, true, kNow).hearing == Hearing::kAnybody);
  CHECK(buckets.Levels() == std::vector<double>{1, 1, 1, 1, 0});
}

TEST_CASE(
    "while others guess too often, passwords are looked at where a member has signed in before") {
  for (const auto kind :
       {ThrottleKind::kAccount, ThrottleKind::kPlace, ThrottleKind::kEverywhere}) {
    PasswordBuckets buckets;
    buckets.Close(kind);
    const Verdict verdict = CountPasswordAttempt(buckets.all, true, kNow);
    CHECK(verdict.hearing == Hearing::kOwner);
    CHECK(verdict.closed_for == absl::Seconds(3));
    CHECK(buckets.Levels() == std::vector<double>{0, 1, 0, 0, 1});
    CHECK(CountPasswordAttempt(buckets.all, false, kNow).hearing == Hearing::kNobody);
    CHECK(buckets.Levels() == std::vector<double>{0, 1, 0, 0, 1});
  }
}

TEST_CASE(
    "a place that has guessed too often at an account, or used up its reserve, is not heard") {
  PasswordBuckets guessed;
  guessed.Close(ThrottleKind::kAccountPlace);
  CHECK(CountPasswordAttempt(guessed.all, true, kNow).hearing == Hearing::kNobody);
  PasswordBuckets used_up;
  used_up.Close(ThrottleKind::kReserve);
  CHECK(CountPasswordAttempt(used_up.all, true, kNow).hearing == Hearing::kAnybody);
  used_up.Close(ThrottleKind::kPlace);
  CHECK(CountPasswordAttempt(used_up.all, true, kNow).hearing == Hearing::kNobody);
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

TEST_CASE("after four hours without an attempt all is forgiven") {
  Buckets account({ThrottleKind::kAccount});
  account.TriesUntilClosed();
  account.now += kForgetAttemptsAfter;
  CHECK(account.TriesUntilClosed() == 5);
}

TEST_CASE("a clock that is set back makes nobody wait longer than the rule does") {
  Buckets account({ThrottleKind::kAccount});
  account.TriesUntilClosed();
  account.now -= absl::Hours(1000);
  CHECK(*account.Try() <= RuleFor(ThrottleKind::kAccount).max_delay);
}

TEST_CASE(
    "sign-ins, sign-ups and letters are free so often, and in the long run so often an hour") {
  const auto is = [](ThrottleKind kind, double free, double hourly) {
    return RuleFor(kind).free == free && RuleFor(kind).drain_per_hour == hourly;
  };
  CHECK(is(ThrottleKind::kAccount, 5, 12));
  CHECK(is(ThrottleKind::kAccountPlace, 5, 12));
  CHECK(is(ThrottleKind::kPlace, 50, 120));
  CHECK(is(ThrottleKind::kEverywhere, 500, 3600));
  CHECK(is(ThrottleKind::kReserve, 200, 600));
  CHECK(is(ThrottleKind::kSignUpPlace, 100, 60));
  CHECK(is(ThrottleKind::kResetAccount, 3, 2));
  CHECK(is(ThrottleKind::kResetPlace, 30, 30));
  CHECK(is(ThrottleKind::kEmailAccount, 3, 2));
  CHECK(is(ThrottleKind::kEmailAddress, 12, 8));
}

TEST_CASE("whatever was asked too often is forgotten after four hours, too") {
  for (int number = 1; number <= static_cast<int>(ThrottleKind::kEmailAddress); ++number) {
    const auto kind = static_cast<ThrottleKind>(number);
    CAPTURE(number);
    Buckets busy({kind});
    while (busy.now < kNow + absl::Hours(6)) {
      if (const auto closed = busy.Try()) busy.now += *closed;
    }
    busy.now += kForgetAttemptsAfter;
    CHECK(busy.TriesUntilClosed() == Buckets({kind}).TriesUntilClosed());
  }
}

}  // namespace
}  // namespace guildhall::identity
