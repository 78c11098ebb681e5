#include "libs/redis/client.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "libs/testing/fake_clock.h"
#include "libs/testing/private_redis.h"
#include "libs/testing/seeded_random.h"

namespace guildhall::redis {
namespace {

Deadline Soon() { return Deadline::After(absl::Seconds(20)); }

TEST_CASE("a pause after failures doubles up to a second, with chance in it") {
  testing::FakeClock clock;
  testing::SeededRandom random(7);
  CAPTURE(random.seed());
  Breaker breaker(clock, random);
  CHECK(breaker.Remaining() == absl::ZeroDuration());
  absl::Duration longest = Breaker::kFirstPause;
  for (int failure = 0; failure < 10; ++failure) {
    breaker.Failed();
    CHECK(breaker.Remaining() >= longest / 2);
    CHECK(breaker.Remaining() <= longest);
    longest = std::min(longest * 2, Breaker::kLongestPause);
  }
  clock.Advance(Breaker::kLongestPause);
  CHECK(breaker.Remaining() == absl::ZeroDuration());
  breaker.Succeeded();
  breaker.Failed();
  CHECK(breaker.Remaining() <= Breaker::kFirstPause);
}

TEST_CASE("a client passes by a Redis that is away, and finds it again after the pause") {
  testing::PrivateRedis redis;
  testing::FakeClock clock;
  testing::SeededRandom random(7);
  telemetry::Metrics metrics;
  Client client(redis.settings(), "test", &metrics, clock, random);
  const auto alive = [&] { return client.Ask(Command("PING"), Soon()).ok(); };
  CHECK(alive());
  redis.Stop();
  CHECK_FALSE(alive());
  redis.Start();
  // Without a look at it.
  CHECK_FALSE(alive());
  clock.Advance(client.pause());
  CHECK(alive());
  const std::string text = metrics.Text();
  CHECK(text.find("guildhall_redis_up{use=\"test\"} 1") != std::string::npos);
  CHECK(text.find("guildhall_redis_failures_total{use=\"test\"} 1") != std::string::npos);
  CHECK(text.find("guildhall_redis_batch_seconds_count{use=\"test\"} 2") != std::string::npos);
}

TEST_CASE("a wait that was cancelled is no failure of Redis") {
  testing::PrivateRedis redis;
  Client client(redis.settings(), "test", nullptr);
  Cancellation cancellation;
  cancellation.Cancel();
  const Command wait("XREAD", "BLOCK", "0", "STREAMS", "s", "$");
  CHECK(absl::IsCancelled(client.Ask(wait, Soon(), &cancellation).status()));
  CHECK(client.Ask(Command("PING"), Soon()).ok());
}

TEST_CASE("a client without an address is refused at once") {
  Client client({}, "test", nullptr);
  CHECK_FALSE(client.configured());
  CHECK(absl::IsUnavailable(client.Ask(Command("PING"), Soon()).status()));
}

}  // namespace
}  // namespace guildhall::redis
