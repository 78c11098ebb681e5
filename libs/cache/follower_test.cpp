#include "libs/cache/follower.h"

#include <catch2/catch.hpp>
#include <deque>
#include <string>

#include "libs/testing/fake_clock.h"

namespace guildhall::cache {
namespace {

const Tag kRed = *Uuid::Parse("018bcfe5-687b-7000-8000-000000000001");
const Tag kBlue = *Uuid::Parse("018bcfe5-687b-7000-8000-000000000002");

// Replies that follow a log which the test tells.
struct Fixture {
  Fixture() { REQUIRE(reader.RunOnce().ok()); }

  // What the next look finds.
  void Look(std::uint64_t horizon, std::vector<Change> changes = {}, std::int64_t server = 1) {
    next = cache::Look{.horizon = horizon, .server = server, .changes = std::move(changes)};
    REQUIRE(reader.RunOnce().ok());
  }
  void Keep(const Tag& tag) {
    const auto found = replies.Find(method, {.method = 1, .id = tag});
    REQUIRE(found.ticket);
    replies.Keep(*found.ticket, {{.method = 1, .id = tag}, {tag}}, std::make_shared<Reply>());
  }
  bool Has(const Tag& tag) {
    return replies.Find(method, {.method = 1, .id = tag}).reply != nullptr;
  }

  testing::FakeClock clock;
  telemetry::Metrics metrics;
  Replies replies{{}, metrics, std::nullopt, clock};
  const Method& method = replies.Declare("Get");
  absl::StatusOr<cache::Look> next = cache::Look{.horizon = 100, .server = 1};
  std::optional<std::uint64_t> asked_from;
  absl::Duration look_takes;
  LookAtLog look = [this](std::optional<std::uint64_t> from, Deadline) {
    asked_from = from;
    clock.Advance(look_takes);
    return next;
  };
  LogReader reader{replies, look};
};

TEST_CASE_METHOD(Fixture, "a change makes the replies of its tags void, and no others") {
  Keep(kRed);
  Keep(kBlue);
  Look(101, {{.xid = 100, .n = 1, .tags = {kRed}}});
  CHECK_FALSE(Has(kRed));
  CHECK(Has(kBlue));
}

TEST_CASE_METHOD(Fixture, "the next look begins with the oldest transaction that was open") {
  CHECK_FALSE(asked_from);
  Look(105);
  CHECK(asked_from == 100);
  Look(107);
  CHECK(asked_from == 105);
}

TEST_CASE_METHOD(Fixture, "a change that is seen again makes nothing void again") {
  const Change early{.xid = 120, .n = 1, .tags = {kRed}};
  Look(110, {early});
  Keep(kRed);
  Look(110, {early});
  CHECK(Has(kRed));
  Look(110, {early, {.xid = 115, .n = 2, .tags = {kRed}}});
  CHECK_FALSE(Has(kRed));
}

TEST_CASE_METHOD(Fixture,
                 "without a look for a second replies are passed by, and nothing is kept") {
  Keep(kRed);
  clock.Advance(absl::Milliseconds(999));
  CHECK(Has(kRed));
  clock.Advance(absl::Milliseconds(1));
  CHECK_FALSE(Has(kRed));
  CHECK_FALSE(replies.Find(method, {.method = 1, .id = kRed}).ticket);
  Look(100);
  CHECK(Has(kRed));
}

TEST_CASE_METHOD(Fixture, "the second counts from when the look was sent") {
  look_takes = absl::Milliseconds(700);
  Look(100);
  look_takes = absl::ZeroDuration();
  Keep(kRed);
  clock.Advance(absl::Milliseconds(301));
  CHECK_FALSE(Has(kRed));
}

TEST_CASE_METHOD(Fixture, "a look that fails renews nothing") {
  Keep(kRed);
  next = absl::UnavailableError("away");
  clock.Advance(absl::Milliseconds(600));
  CHECK_FALSE(reader.RunOnce().ok());
  CHECK(Has(kRed));
  clock.Advance(absl::Milliseconds(600));
  CHECK_FALSE(Has(kRed));
}

TEST_CASE_METHOD(Fixture, "another run of the database server makes everything void") {
  Keep(kRed);
  Look(500, {}, 2);
  CHECK_FALSE(Has(kRed));
  Keep(kRed);
  Look(400, {}, 2);
  CHECK_FALSE(Has(kRed));
}

TEST_CASE_METHOD(Fixture, "more changes than a look holds make everything void") {
  Keep(kBlue);
  std::vector<Change> changes;
  for (int n = 0; n <= kMostChanges; ++n) changes.push_back({.xid = 100, .n = n, .tags = {kRed}});
  Look(101, changes);
  CHECK_FALSE(Has(kBlue));
}

struct Flights : Fixture {
  const Subject subject{{.method = 1, .id = kRed}, {kRed}};

  std::shared_ptr<Replies::Flight> Join() {
    const auto found = replies.Find(method, subject.key);
    REQUIRE(found.ticket);
    return replies.Join(method, subject, found, [&] {
      return [&](const SharedReply& reply) { landed.push_back(reply ? reply->bytes : "none"); };
    });
  }
  static SharedReply ReplyOf(std::string bytes) {
    return std::make_shared<const Reply>(Reply{.bytes = std::move(bytes)});
  }
  std::vector<std::string> landed;
};

TEST_CASE_METHOD(Flights, "one reads for all who ask meanwhile") {
  const auto first = Join();
  REQUIRE(first != nullptr);
  CHECK(Join() == nullptr);
  CHECK(Join() == nullptr);
  first->Land(ReplyOf("read"));
  CHECK(landed == std::vector<std::string>{"read", "read"});
  CHECK(replies.Find(method, subject.key).reply->bytes == "read");
}

TEST_CASE_METHOD(Flights,
                 "a read that began before a change is joined by nobody who comes after it") {
  const auto first = Join();
  CHECK(Join() == nullptr);
  replies.Invalidate({kRed});
  const auto second = Join();
  REQUIRE(second != nullptr);
  CHECK(Join() == nullptr);
  first->Land(ReplyOf("old"));
  CHECK(landed == std::vector<std::string>{"old"});
  CHECK(replies.Find(method, subject.key).reply == nullptr);
  second->Land(ReplyOf("new"));
  CHECK(landed == std::vector<std::string>{"old", "new"});
  CHECK(replies.Find(method, subject.key).reply->bytes == "new");
}

TEST_CASE_METHOD(Flights, "whoever waited for a read that came to nothing reads for itself") {
  auto first = Join();
  CHECK(Join() == nullptr);
  first.reset();
  CHECK(landed == std::vector<std::string>{"none"});
  CHECK(Join() != nullptr);
}

TEST_CASE_METHOD(Fixture, "a follower looks again and again until it ends") {
  std::atomic<int> looks = 0;
  {
    const Follower follower(replies, [&](std::optional<std::uint64_t>, Deadline) {
      ++looks;
      return cache::Look{.horizon = 100, .server = 1};
    });
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (looks < 3 && std::chrono::steady_clock::now() < end) std::this_thread::yield();
  }
  CHECK(looks >= 3);
}

}  // namespace
}  // namespace guildhall::cache
