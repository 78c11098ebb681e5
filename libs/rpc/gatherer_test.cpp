#include "libs/rpc/gatherer.h"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <latch>
#include <map>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::rpc {
namespace {

TEST_CASE("what is asked while a read runs goes into the next one") {
  std::mutex gate;
  std::atomic<bool> begun = false;
  std::vector<std::size_t> sizes;
  int sum = 0;
  gate.lock();
  {
    Gatherer<int, int> gatherer([&](const postgres::Context&, std::span<const int> keys) {
      begun = true;
      const std::lock_guard wait(gate);
      sizes.push_back(keys.size());
      std::vector<std::optional<int>> rows;
      for (const int key : keys) rows.push_back(key == 0 ? std::nullopt : std::optional(key * 10));
      return absl::StatusOr<std::vector<std::optional<int>>>(rows);
    });
    const auto add = [&](absl::StatusOr<std::shared_ptr<const int>> row) {
      sum += *row == nullptr ? 1 : **row;
    };
    gatherer.Ask(1, {}, add);
    while (!begun) std::this_thread::yield();
    for (const int key : {2, 0, 3}) gatherer.Ask(key, {}, add);
    for (int i = 0; i < 300; ++i) gatherer.Ask(0, {}, add);
    gate.unlock();
  }
  CHECK(sizes == std::vector<std::size_t>{1, 256, 47});
  CHECK(sum == 10 + 20 + 30 + 301);
}

TEST_CASE("a read that fails fails for all who asked, and the next one is tried") {
  std::atomic<int> reads = 0;
  std::atomic<int> failed = 0;
  std::atomic<int> fine = 0;
  {
    Gatherer<int, int> gatherer(
        [&](const postgres::Context&,
            std::span<const int> keys) -> absl::StatusOr<std::vector<std::optional<int>>> {
          if (++reads == 1) return absl::UnavailableError("away");
          return std::vector<std::optional<int>>(keys.size());
        });
    const auto count = [&](const absl::StatusOr<std::shared_ptr<const int>>& row) {
      ++(row.ok() ? fine : failed);
    };
    gatherer.Ask(1, {}, count);
    while (failed == 0) std::this_thread::yield();
    gatherer.Ask(2, {}, count);
  }
  CHECK(failed == 1);
  CHECK(fine == 1);
}

TEST_CASE("with two lanes one statement does not wait for the other") {
  std::latch gate(1);
  std::atomic<int> begun = 0;
  std::atomic<int> answered = 0;
  {
    Gatherer<int, int> gatherer(
        [&](const postgres::Context&, std::span<const int> keys) {
          ++begun;
          if (keys[0] == 1) gate.wait();
          return absl::StatusOr<std::vector<std::optional<int>>>(keys.size());
        },
        2);
    const auto count = [&](const absl::StatusOr<std::shared_ptr<const int>>&) { ++answered; };
    gatherer.Ask(1, {}, count);
    while (begun < 1) std::this_thread::yield();
    gatherer.Ask(2, {}, count);
    while (answered < 1) std::this_thread::yield();
    CHECK(begun == 2);
    gate.count_down();
  }
  CHECK(answered == 2);
}

using Numbers = std::vector<int>;

// Holds the first read until it is told to go on, so that what is asked meanwhile goes together,
// and keeps what is read and answered; `read` says how reads of others end.
struct Held {
  explicit Held(std::function<absl::Status(const postgres::Context&, std::span<const int>)> read)
      : gatherer([this, read = std::move(read)](
                     const postgres::Context& context,
                     std::span<const int> keys) -> absl::StatusOr<std::vector<std::optional<int>>> {
          begun = true;
          const std::lock_guard wait(gate);
          reads.emplace_back(keys.begin(), keys.end());
          if (absl::Status ended = read(context, keys); !ended.ok()) return ended;
          return std::vector<std::optional<int>>(keys.begin(), keys.end());
        }) {
    gate.lock();
    Ask(0);
    while (!begun) std::this_thread::yield();
  }
  void Ask(int key, Deadline deadline = {}) {
    gatherer.Ask(key, deadline, [this, key](const absl::StatusOr<std::shared_ptr<const int>>& row) {
      outcomes[key] = row.status();
      if (row.ok() && **row != key) all_same = false;
      ++answered;
    });
  }
  // Lets go, and waits until `count` have their answers.
  void Finish(int count) {
    gate.unlock();
    while (answered < count) std::this_thread::yield();
  }

  std::mutex gate;
  std::atomic<bool> begun = false, all_same = true;
  std::atomic<int> answered = 0;
  std::vector<Numbers> reads;
  std::map<int, absl::Status> outcomes;
  Gatherer<int, int> gatherer;
};

absl::Status Fine(const postgres::Context&, std::span<const int>) { return absl::OkStatus(); }

TEST_CASE("nothing is read for who waits no more") {
  Held held(Fine);
  held.Ask(1, Deadline::After(absl::ZeroDuration()));
  held.Ask(2);
  held.Finish(3);
  CHECK(held.reads == std::vector<Numbers>{{0}, {2}});
  CHECK(Is(held.outcomes[1], policy::reasons::kDeadlinePassed));
  CHECK(held.outcomes[2].ok());
}

TEST_CASE("where all have gone nothing is read at all") {
  Held held(Fine);
  held.Ask(1, Deadline::After(absl::ZeroDuration()));
  held.Finish(2);
  CHECK(held.reads == std::vector<Numbers>{{0}});
}

TEST_CASE("what cannot be read fails alone") {
  Held held([](const postgres::Context&, std::span<const int> keys) {
    const bool bad = std::ranges::find(keys, 7) != keys.end();
    return bad ? absl::InternalError("7") : absl::OkStatus();
  });
  for (const int key : {6, 7, 8}) held.Ask(key);
  held.Finish(4);
  CHECK(held.reads == std::vector<Numbers>{{0}, {6, 7, 8}, {6}, {7}, {8}});
  CHECK(held.outcomes[6].ok());
  CHECK(held.outcomes[7] == absl::InternalError("7"));
  CHECK(held.outcomes[8].ok());
  CHECK(held.all_same);
}

TEST_CASE("what is away is not asked again for each") {
  Held held([](const postgres::Context&, std::span<const int> keys) {
    return keys[0] == 0 ? absl::OkStatus() : absl::UnavailableError("away");
  });
  for (const int key : {1, 2, 3}) held.Ask(key);
  held.Finish(4);
  CHECK(held.reads == std::vector<Numbers>{{0}, {1, 2, 3}});
  for (const int key : {1, 2, 3}) CHECK(absl::IsUnavailable(held.outcomes[key]));
}

TEST_CASE("where nothing ends few are tried alone, and nobody waits for all of them") {
  Held held([](const postgres::Context& context, std::span<const int> keys) {
    if (keys[0] == 0) return absl::OkStatus();
    while (keys.size() == 1 && !context.deadline.Passed()) std::this_thread::yield();
    return absl::DeadlineExceededError("slow");
  });
  for (int key = 1; key <= 100; ++key) held.Ask(key);
  held.Finish(101);
  // The first one, all together, and as many as there is patience for.
  CHECK(held.reads.size() <= 2 + 4);
  for (int key = 1; key <= 100; ++key) CHECK(absl::IsDeadlineExceeded(held.outcomes[key]));
}

}  // namespace
}  // namespace guildhall::rpc
