#include "libs/rpc/workers.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <future>
#include <string>

namespace guildhall::rpc {
namespace {

constexpr Workers::Kind kRead = Workers::Kind::kRead, kWrite = Workers::Kind::kWrite;

// Work that tells when it has begun, and ends when it is let.
struct Held {
  Workers::Work Work() {
    return [this] {
      begun.set_value();
      let.get_future().wait();
    };
  }
  std::promise<void> begun, let;
};

TEST_CASE("writes leave one thread in four to reads") {
  telemetry::Metrics metrics;
  Held writes[4];
  std::promise<void> read;
  Workers workers(4, 10, metrics);
  for (int i = 0; i < 3; ++i) {
    REQUIRE(workers.Submit(kWrite, writes[i].Work()));
    writes[i].begun.get_future().wait();
  }
  REQUIRE(workers.Submit(kWrite, writes[3].Work()));
  REQUIRE(workers.Submit(kRead, [&] { read.set_value(); }));
  // Who reads passes the write that waits.
  read.get_future().wait();
  auto begun = writes[3].begun.get_future();
  CHECK(begun.wait_for(std::chrono::seconds(0)) == std::future_status::timeout);
  writes[0].let.set_value();
  begun.wait();
  for (int i = 1; i < 4; ++i) writes[i].let.set_value();
}

TEST_CASE("reads and writes are served in the order of their coming") {
  telemetry::Metrics metrics;
  Held first;
  std::string order;
  {
    Workers workers(1, 10, metrics);
    REQUIRE(workers.Submit(kWrite, first.Work()));
    first.begun.get_future().wait();
    for (const char each : std::string("rwwr")) {
      REQUIRE(workers.Submit(each == 'r' ? kRead : kWrite, [&order, each] { order += each; }));
    }
    first.let.set_value();
  }
  CHECK(order == "rwwr");
}

TEST_CASE("a line that is full takes neither reads nor writes") {
  telemetry::Metrics metrics;
  Held first;
  Workers workers(1, 2, metrics);
  REQUIRE(workers.Submit(kWrite, first.Work()));
  first.begun.get_future().wait();
  REQUIRE(workers.Submit(kRead, [] {}));
  REQUIRE(workers.Submit(kWrite, [] {}));
  CHECK_FALSE(workers.Submit(kRead, [] {}));
  CHECK_FALSE(workers.Submit(kWrite, [] {}));
  first.let.set_value();
}

TEST_CASE("writes leave a quarter of the line to reads") {
  telemetry::Metrics metrics;
  Held writes[3];
  std::promise<void> read;
  Workers workers(4, 4, metrics);
  for (Held& write : writes) {
    REQUIRE(workers.Submit(kWrite, write.Work()));
    write.begun.get_future().wait();
  }
  for (int i = 0; i < 3; ++i) REQUIRE(workers.Submit(kWrite, [] {}));
  CHECK_FALSE(workers.Submit(kWrite, [] {}));
  CHECK(workers.Submit(kRead, [&] { read.set_value(); }));
  read.get_future().wait();
  for (Held& write : writes) write.let.set_value();
}

TEST_CASE("what stands in line is run before the threads end") {
  telemetry::Metrics metrics;
  std::atomic<int> ran = 0;
  {
    Workers workers(4, 100, metrics);
    for (int i = 0; i < 50; ++i) REQUIRE(workers.Submit(i % 2 ? kRead : kWrite, [&] { ++ran; }));
  }
  CHECK(ran == 50);
}

}  // namespace
}  // namespace guildhall::rpc
