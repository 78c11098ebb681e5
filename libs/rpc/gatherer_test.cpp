#include "libs/rpc/gatherer.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <latch>

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

}  // namespace
}  // namespace guildhall::rpc
