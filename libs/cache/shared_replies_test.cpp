// Replies in Redis: two processes, a real Redis, and everything that it may do.
#include <catch2/catch.hpp>
#include <future>
#include <string>

#include "libs/cache/follower.h"
#include "libs/testing/eventually.h"
#include "libs/testing/fake_clock.h"
#include "libs/testing/private_redis.h"

namespace guildhall::cache {
namespace {

const Tag kRed = *Uuid::Parse("018bcfe5-687b-7000-8000-000000000001");
const Tag kBlue = *Uuid::Parse("018bcfe5-687b-7000-8000-000000000002");
const std::string kKey(32, 'k');

// A process as far as replies go, which follows a log that the test tells.
struct Process {
  // Patient, so that a busy machine is no Redis that is away.
  Process(redis::RedisSettings redis, const Clock& clock, std::uint64_t horizon,
          std::string secret = kKey, absl::Duration patience = absl::Seconds(20))
      : replies({}, metrics, SharingWith(std::move(redis), std::move(secret), patience), clock) {
    Look(horizon);  // begins to watch
    Look(horizon);
  }

  static Sharing SharingWith(redis::RedisSettings redis, std::string secret,
                             absl::Duration patience) {
    redis.timeout = patience;
    return {std::move(redis), "test", std::move(secret), patience};
  }

  void Look(std::uint64_t horizon, std::vector<Change> changes = {}, std::int64_t server = 1) {
    next = cache::Look{.horizon = horizon, .server = server, .changes = std::move(changes)};
    REQUIRE(reader.RunOnce().ok());
  }

  // What a call gets: from Redis, or else what the database says, which is then kept and shared.
  std::string Get(const Tag& tag, std::string database) {
    const Subject subject{{.method = method.number, .id = tag}, {tag}};
    const auto found = replies.Find(method, subject.key);
    if (found.reply != nullptr) return "memory";
    REQUIRE(found.ticket);
    const auto flight = replies.Join(method, subject, found, [] { return Replies::Waiter(); });
    REQUIRE(flight != nullptr);
    std::promise<SharedReply> promise;
    replies.Recall(flight, [&](SharedReply reply) { promise.set_value(std::move(reply)); });
    if (const SharedReply reply = promise.get_future().get()) return reply->bytes;
    flight->Land(std::make_shared<const Reply>(Reply{.bytes = database}));
    return "database";
  }

  int Count(const std::string& outcome) {
    const std::string line = "guildhall_cache_shared_total{outcome=\"" + outcome + "\"} ";
    const std::string text = metrics.Text();
    const auto at = text.find(line);
    return at == std::string::npos ? 0 : std::stoi(text.substr(at + line.size()));
  }

  telemetry::Metrics metrics;
  Replies replies;
  const Method& method = replies.Declare("Get");
  cache::Look next;
  LookAtLog look = [this](std::optional<std::uint64_t>, Deadline) { return next; };
  LogReader reader{replies, look};
};

struct Fixture {
  testing::FakeClock clock;
  testing::PrivateRedis redis;
  Process first{redis.settings(), clock, 100}, second{redis.settings(), clock, 100};
};

TEST_CASE("an entry opens under its own name and key, and unaltered") {
  const SharedEntry entry{
      std::make_shared<const Reply>(
          Reply{.bytes = "reply", .community = CommunityId(kRed), .author = MemberId(kBlue)}),
      0x0102030405060708};
  const std::string sealed = Seal(kKey, "name", entry);
  const auto opened = Open(kKey, "name", sealed);
  REQUIRE(opened);
  CHECK(opened->reply->bytes == "reply");
  CHECK(opened->reply->community == CommunityId(kRed));
  CHECK(opened->reply->author == MemberId(kBlue));
  CHECK(opened->horizon == entry.horizon);
  CHECK_FALSE(Open(kKey, "other", sealed));
  CHECK_FALSE(Open(std::string(32, 'x'), "name", sealed));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string altered = sealed;
    altered[i] = static_cast<char>(altered[i] ^ 1);
    CHECK_FALSE(Open(kKey, "name", altered));
    CHECK_FALSE(Open(kKey, "name", sealed.substr(0, i)));
  }
}

struct Told : Fixture {
  // A reply in Redis that was read when 100 was the oldest open transaction.
  Told() {
    CHECK(testing::Eventually([&] {
      first.Get(kRed, "theirs");
      first.replies.Invalidate({kRed});
      first.Look(100);
      return first.Get(kRed, "theirs") == "theirs";
    }));
  }
  std::string Get(Process& process) { return process.Get(kRed, "own"); }
  // Whether Redis has answered the process.
  void AwaitRedis(Process& process) {
    CHECK(testing::Eventually([&] {
      process.Get(kBlue, "other");
      process.replies.Invalidate({kBlue});
      return process.Count("absent") + process.Count("used") + process.Count("refused") > 0;
    }));
  }
};

TEST_CASE_METHOD(Told, "what one process has read another one gets") {
  AwaitRedis(second);
  CHECK(Get(second) == "theirs");
  CHECK(Get(second) == "memory");
}

TEST_CASE_METHOD(Told, "an entry is refused when a change that it may lack is known") {
  AwaitRedis(second);
  second.Look(150, {{.xid = 120, .n = 1, .tags = {kRed}}});
  second.Look(150);
  const int before = second.Count("refused");
  CHECK(Get(second) == "database");
  CHECK(second.Count("refused") == before + 1);
}

TEST_CASE_METHOD(Told, "a change that the entry holds is no reason to refuse it") {
  Process third(redis.settings(), clock, 90);
  AwaitRedis(third);
  third.Look(110, {{.xid = 99, .n = 1, .tags = {kRed}}});
  third.Look(110);
  CHECK(Get(third) == "theirs");
}

TEST_CASE_METHOD(Told, "an entry from before a process began to watch is refused") {
  Process late(redis.settings(), clock, 101);
  AwaitRedis(late);
  CHECK(Get(late) == "database");
  Process restarted(redis.settings(), clock, 90);
  AwaitRedis(restarted);
  restarted.Look(120, std::vector<Change>(kMostChanges + 1));
  restarted.Look(120);
  CHECK(Get(restarted) == "database");
}

TEST_CASE_METHOD(Told, "what the log holds when a process watches anew is known to it, too") {
  AwaitRedis(second);
  // 100 is still open. 120 changed what the entry holds; it came with too many others, or is what
  // another server's log held when this process first looked at it.
  std::vector<Change> changes(kMostChanges + 1, {.xid = 130, .tags = {kBlue}});
  for (std::size_t n = 0; n < changes.size(); ++n) changes[n].n = static_cast<std::int64_t>(n);
  changes[0] = {.xid = 120, .n = 0, .tags = {kRed}};
  second.Look(100, changes);
  changes.resize(10);
  second.Look(100, changes);
  second.Look(100, changes);
  CHECK(Get(second) == "database");
  CHECK(Get(second) == "memory");
}

TEST_CASE_METHOD(Told,
                 "after a write of its own a process takes no entry before the log told of it") {
  AwaitRedis(second);
  second.replies.Invalidate({kRed});
  CHECK(Get(second) == "database");
  second.replies.Invalidate({kRed});
  second.Look(150, {{.xid = 120, .n = 1, .tags = {kRed}}});
  CHECK(Get(second) == "database");
}

TEST_CASE_METHOD(Told, "another run of the database server shares nothing with the one before") {
  AwaitRedis(second);
  second.Look(100, {}, 2);
  second.Look(100, {}, 2);
  CHECK(Get(second) == "database");
}

TEST_CASE_METHOD(Told, "what somebody else wrote is not given out") {
  Process stranger(redis.settings(), clock, 100, std::string(32, 'x'));
  AwaitRedis(stranger);
  CHECK(Get(stranger) == "database");
  CHECK(stranger.Count("damaged") == 1);
}

TEST_CASE_METHOD(Told, "a Redis that is flushed, still or gone costs patience, not answers") {
  Process hasty(redis.settings(), clock, 100, kKey, absl::Milliseconds(20));
  const auto get = [&] {
    hasty.replies.Invalidate({kRed});
    hasty.Look(100);
    return Get(hasty);
  };
  redis.Flush();
  CHECK(get() == "database");
  redis.Pause();
  CHECK(get() == "database");
  CHECK(hasty.Count("away") >= 1);
  redis.Resume();
  redis.Stop();
  CHECK(get() == "database");
}

TEST_CASE("without Redis nothing is shared") {
  testing::FakeClock clock;
  Process process({}, clock, 100);
  CHECK_FALSE(process.replies.shares());
}

}  // namespace
}  // namespace guildhall::cache
