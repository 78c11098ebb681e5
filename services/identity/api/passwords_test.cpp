#include "services/identity/api/passwords.h"

#include <time.h>

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <thread>
#include <vector>

namespace guildhall::identity {
namespace {

Deadline Soon() { return Deadline::After(absl::Minutes(1)); }

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
  const auto inside = passwords.Enter(Soon());
  const std::optional<PasswordHash> known = passwords.Hash(*inside, "a fine password");
  std::vector<absl::Duration> with, without;
  for (int i = 0; i < 7; ++i) {
    with.push_back(CpuOf([&] { passwords.Check(*inside, known, "another one"); }));
    without.push_back(CpuOf([&] { passwords.Check(*inside, std::nullopt, "another one"); }));
  }
  std::sort(with.begin(), with.end());
  std::sort(without.begin(), without.end());
  CHECK(absl::FDivDuration(with[3], without[3]) < 2);
  CHECK(absl::FDivDuration(with[3], without[3]) > 0.5);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // they keep freed memory
// Resident memory of the process.
Bytes Resident() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t all = 0, resident = 0;
  statm >> all >> resident;
  return Bytes{resident * 4096};
}

TEST_CASE("the memory of a hash is given back, whichever worker made it") {
  Passwords passwords({.cost = {.memory = MiB(19), .passes = 1}}, SystemRandom());
  const Bytes before = Resident();
  std::vector<std::thread> workers;
  std::atomic<int> done = 0;
  for (int i = 0; i < 6; ++i) {
    workers.emplace_back([&] {
      for (int n = 0; n < 2; ++n) passwords.Hash(*passwords.Enter(Soon()), "x");
      // All stay until the last is done: the arena of a thread that has ended is given away.
      ++done;
      while (done < 6) std::this_thread::yield();
    });
  }
  for (std::thread& worker : workers) worker.join();
  CHECK(Count(Resident()) < Count(before) + Count(MiB(19)));
}
#endif

TEST_CASE("nobody's password is no password, not even the one that is hashed in its place") {
  Passwords passwords({.cost = {.memory = KiB(64), .passes = 1}}, SystemRandom());
  CHECK_FALSE(passwords.Check(*passwords.Enter(Soon()), std::nullopt, "nobody's"));
}

}  // namespace
}  // namespace guildhall::identity
