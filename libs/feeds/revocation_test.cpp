#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "libs/feeds/watch_fixture.h"
#include "libs/testing/eventually.h"
#include "libs/testing/seeded_random.h"

namespace guildhall::feeds {
namespace {

using testing::Eventually;

// What goes wrong while a session is revoked.
enum class Fault {
  kNone,
  kWatchCut,        // of one service: its lease runs out
  kOwnerHangs,      // one of its processes, which the services ask first
  kOwnerReadsLate,  // the process that has revoked, between its commit and its look
};
constexpr int kFaults = 4;
// A lease that is waited for, and what a busy machine adds.
const absl::Duration kMostWait = kAccessLease * 1.1 + absl::Seconds(3);

// Readers that never pause, in two services with four threads each, and an owner with two
// processes whose wall clock jumps.
class Revocations {
 public:
  explicit Revocations(std::uint64_t seed) : random_(seed) {
    for (int i = 0; i < 8; ++i) {
      readers_.emplace_back([this, i] { ReadOn(services_[i % 2]); });
    }
  }
  ~Revocations() {
    ending_ = true;
    for (std::thread& reader : readers_) reader.join();
  }

  void Try(Fault fault) {
    for (Service& service : services_) {
      GUILDHALL_CHECK(Eventually([&] { return service.Leased(); }));
    }
    // By now the session is known.
    AwaitReads();
    owner_.clock.ahead_seconds = static_cast<std::int64_t>(random_.Below(200'000)) - 100'000;
    const int process = fault == Fault::kOwnerReadsLate ? 0 : 1;
    Service& service = services_[random_.Below(2)];
    service.cut = fault == Fault::kWatchCut;
    if (fault == Fault::kOwnerHangs) owner_.gate.Hold();
    const absl::Duration began = SystemClock().Monotonic();
    owner_.Commit(false);
    if (fault == Fault::kOwnerReadsLate) owner_.gate.Hold();
    std::future<void> settled = owner_.Settle(process);
    if (fault == Fault::kOwnerReadsLate) {
      settled.wait_for(std::chrono::milliseconds(random_.Below(2500)));
      owner_.gate.Release();
    }
    settled.wait();
    ++epoch_;
    const absl::Duration took = SystemClock().Monotonic() - began;
    (fault == Fault::kNone ? usual_ : disturbed_).push_back(took);
    AwaitReads();
    ++epoch_;
    if (fault == Fault::kOwnerHangs) owner_.gate.Release();
    service.cut = false;
    owner_.Set(true);
  }

  // Decisions that were begun after a revocation had answered and let somebody in.
  int leaks() const { return leaks_; }
  // What revoking calls took, without and with something wrong, sorted.
  std::vector<absl::Duration> usual() const { return Sorted(usual_); }
  std::vector<absl::Duration> disturbed() const { return Sorted(disturbed_); }
  testing::SeededRandom& random() { return random_; }

 private:
  static std::vector<absl::Duration> Sorted(std::vector<absl::Duration> times) {
    std::sort(times.begin(), times.end());
    return times;
  }

  void ReadOn(Service& service) {
    while (!ending_) {
      const int began = epoch_;
      const bool lives = service.Lives();
      if (lives && began % 2 == 1 && epoch_ == began) ++leaks_;
      ++reads_;
    }
  }
  void AwaitReads() {
    const int goal = reads_ + 40;
    while (reads_ < goal) std::this_thread::yield();
  }

  testing::SeededRandom random_;
  OwnerOfTruth owner_;
  Service services_[2]{Service(owner_), Service(owner_)};
  std::atomic<bool> ending_ = false;
  std::atomic<int> epoch_ = 0;  // odd from when a revocation has answered
  std::atomic<int> reads_ = 0, leaks_ = 0;
  std::vector<absl::Duration> usual_, disturbed_;
  std::vector<std::thread> readers_;
};

TEST_CASE("nothing that begins after a revocation has answered is decided from before it") {
  const std::uint64_t seed = testing::SeedOr(7);
  INFO("repeat with GUILDHALL_SEED=" << seed);
  Revocations revocations(seed);
  for (int trial = 0; trial < 20; ++trial) revocations.Try(Fault::kNone);
  for (int fault = 1; fault < kFaults; ++fault) revocations.Try(static_cast<Fault>(fault));
  CHECK(revocations.leaks() == 0);
  CHECK(revocations.disturbed().back() <= kMostWait);
}

TEST_CASE("a thousand revocations under readers, with everything that may go wrong", "[.long]") {
  const std::uint64_t seed =
      testing::SeedOr(static_cast<std::uint64_t>(absl::ToUnixNanos(SystemClock().Now())));
  INFO("repeat with GUILDHALL_SEED=" << seed);
  Revocations revocations(seed);
  constexpr int kTrials = 1100;
  for (int trial = 0; trial < kTrials; ++trial) {
    const bool disturbed = revocations.random().Below(10) == 0;
    revocations.Try(disturbed ? static_cast<Fault>(1 + revocations.random().Below(kFaults - 1))
                              : Fault::kNone);
  }
  const std::vector<absl::Duration> usual = revocations.usual();
  const std::vector<absl::Duration> disturbed = revocations.disturbed();
  WARN("revoking calls: " << usual.size() << " undisturbed, median " << usual[usual.size() / 2]
                          << ", p99 " << usual[usual.size() * 99 / 100] << "; " << disturbed.size()
                          << " disturbed, median " << disturbed[disturbed.size() / 2]
                          << ", longest " << disturbed.back());
  CHECK(revocations.leaks() == 0);
  CHECK(disturbed.back() <= kMostWait);
}

}  // namespace
}  // namespace guildhall::feeds
