#include "services/identity/api/passwords.h"

#include <time.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "guildhall/identity/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::identity {
namespace {

const Deadline kSoon = Deadline::After(absl::Minutes(1));

// CPU of this thread, which other work on the machine does not stretch.
template <typename Function>
absl::Duration CpuOf(Function function) {
  timespec before, after;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
  function();
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
  return absl::DurationFromTimespec(after) - absl::DurationFromTimespec(before);
}

TEST_CASE("L-01: an unknown address takes the work of a wrong password") {
  Passwords passwords({.cost = {.memory = MiB(2), .passes = 2}}, SystemRandom());
  const std::optional<PasswordHash> known = *passwords.Hash("a fine password", kSoon);
  std::vector<absl::Duration> with, without;
  for (int i = 0; i < 7; ++i) {
    with.push_back(CpuOf([&] { (void)*passwords.Check(known, "another one", kSoon); }));
    without.push_back(CpuOf([&] { (void)*passwords.Check(std::nullopt, "another one", kSoon); }));
  }
  std::sort(with.begin(), with.end());
  std::sort(without.begin(), without.end());
  CHECK(absl::FDivDuration(with[3], without[3]) < 2);
  CHECK(absl::FDivDuration(with[3], without[3]) > 0.5);
}

TEST_CASE("nobody's password is no password, not even the one that is hashed in its place") {
  Passwords passwords({.cost = {.memory = KiB(64), .passes = 1}}, SystemRandom());
  CHECK_FALSE(*passwords.Check(std::nullopt, "nobody's", kSoon));
}

TEST_CASE("L-06: while as many hash as may, the next is turned away") {
  Passwords passwords({.cost = {.memory = KiB(64), .passes = 1}, .at_once = 1, .waiting = 0},
                      SystemRandom());
  const auto pass = const_cast<PasswordGate&>(passwords.gate()).Enter(kSoon);
  CHECK(Is(passwords.Hash("x", kSoon).status(), reasons::kPasswordChecksBusy));
  CHECK(Is(passwords.Check(std::nullopt, "x", kSoon).status(), reasons::kPasswordChecksBusy));
}

}  // namespace
}  // namespace guildhall::identity
