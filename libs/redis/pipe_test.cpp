#include "libs/redis/pipe.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <future>
#include <thread>

#include "libs/redis/peer_fixture.h"
#include "libs/testing/eventually.h"
#include "libs/testing/private_redis.h"

namespace guildhall::redis {
namespace {

using testing::Eventually;
using Answer = absl::StatusOr<Reply>;

Deadline Soon() { return Deadline::After(absl::Seconds(20)); }

// Asks and gives what will be the answer, or the refusal.
std::future<Answer> Ask(Pipe& pipe, Command command, Deadline deadline = Soon()) {
  auto promise = std::make_shared<std::promise<Answer>>();
  std::future<Answer> answer = promise->get_future();
  const absl::Status asked = pipe.Ask(std::move(command), deadline, [promise](Answer reply) {
    promise->set_value(std::move(reply));
  });
  if (!asked.ok()) promise->set_value(asked);
  return answer;
}

// A machine under load must not make a sound Redis seem away.
RedisSettings Patient(RedisSettings settings) {
  settings.timeout = absl::Seconds(20);
  return settings;
}

RedisSettings Impatient(RedisSettings settings) {
  settings.timeout = absl::Milliseconds(100);
  return settings;
}

bool Up(Pipe& pipe) {
  return Eventually([&] { return pipe.up(); });
}

TEST_CASE("each of many askers gets its own answer") {
  testing::PrivateRedis redis;
  Pipe pipe(Patient(redis.settings()), "test", nullptr);
  REQUIRE(Up(pipe));
  constexpr int kAskers = 8, kQuestions = 400;
  std::atomic<int> right = 0, called = 0;
  std::vector<std::thread> askers;
  for (int asker = 0; asker < kAskers; ++asker) {
    askers.emplace_back([&, asker] {
      for (int i = 0; i < kQuestions; ++i) {
        const std::string word = std::to_string(asker * kQuestions + i);
        const absl::Status asked = pipe.Ask(Command("ECHO", word), Soon(), [&, word](Answer reply) {
          right += reply.ok() && reply->text == word;
          ++called;
        });
        if (!asked.ok()) ++called;
      }
    });
  }
  for (std::thread& asker : askers) asker.join();
  REQUIRE(Eventually([&] { return called == kAskers * kQuestions; }));
  CHECK(right == kAskers * kQuestions);
}

TEST_CASE("a refusal by the server reaches the one who asked, and nobody else") {
  testing::PrivateRedis redis;
  Pipe pipe(Patient(redis.settings()), "test", nullptr);
  REQUIRE(Up(pipe));
  auto set = Ask(pipe, Command("SET", "text", "x"));
  auto refused = Ask(pipe, Command("LPUSH", "text", "y"));
  auto read = Ask(pipe, Command("GET", "text"));
  CHECK(set.get()->text == "OK");
  CHECK(refused.get()->error_code() == "WRONGTYPE");
  CHECK(read.get()->text == "x");
  CHECK(pipe.up());
}

TEST_CASE("without an address everybody is refused at once") {
  Pipe pipe({}, "test", nullptr);
  CHECK_FALSE(pipe.up());
  CHECK(absl::IsUnavailable(Ask(pipe, Command("PING")).get().status()));
}

TEST_CASE("a frozen Redis costs one batch its patience, then nobody, and comes back alone") {
  testing::PrivateRedis redis;
  Pipe pipe(Impatient(redis.settings()), "test", nullptr);
  REQUIRE(Up(pipe));
  redis.Pause();
  auto first = Ask(pipe, Command("GET", "x"));
  CHECK_FALSE(first.get().ok());
  CHECK(Eventually([&] { return !pipe.up(); }));
  CHECK(absl::IsUnavailable(Ask(pipe, Command("GET", "x")).get().status()));
  redis.Resume();
  REQUIRE(Up(pipe));
  CHECK(Eventually([&] { return Ask(pipe, Command("GET", "x")).get().ok(); }));
}

TEST_CASE("who has less patience is answered sooner, and the others still get their answers") {
  testing::PrivateRedis redis;
  Pipe pipe(Patient(redis.settings()), "test", nullptr);
  REQUIRE(Up(pipe));
  redis.Pause();
  auto patient = Ask(pipe, Command("ECHO", "patient"));
  std::vector<std::future<Answer>> hasty;
  for (int i = 0; i < 3; ++i) {
    hasty.push_back(Ask(pipe, Command("GET", "x"), Deadline::After(absl::Milliseconds(20))));
  }
  for (auto& answer : hasty) CHECK(absl::IsDeadlineExceeded(answer.get().status()));
  redis.Resume();
  CHECK(patient.get()->text == "patient");
}

TEST_CASE("a killed Redis is left and found again") {
  testing::PrivateRedis redis;
  telemetry::Metrics metrics;
  Pipe pipe(Patient(redis.settings()), "test", &metrics);
  REQUIRE(Up(pipe));
  redis.Stop();
  CHECK(absl::IsUnavailable(Ask(pipe, Command("GET", "x")).get().status()));
  CHECK(Eventually([&] { return !pipe.up(); }));
  CHECK(metrics.Text().find("guildhall_redis_up{use=\"test\"} 0") != std::string::npos);
  redis.Start();
  REQUIRE(Up(pipe));
  CHECK(metrics.Text().find("guildhall_redis_up{use=\"test\"} 1") != std::string::npos);
}

TEST_CASE("an idle pipe notices that Redis is gone") {
  testing::PrivateRedis redis;
  Pipe pipe(Patient(redis.settings()), "test", nullptr);
  REQUIRE(Up(pipe));
  redis.Stop();
  CHECK(Eventually([&] { return !pipe.up(); }));
}

TEST_CASE("whoever answers nonsense is not Redis") {
  HostilePeer peer("HTTP/1.1 400 Bad Request\r\n\r\n");
  telemetry::Metrics metrics;
  Pipe pipe(Patient(peer.settings()), "test", &metrics);
  CHECK(Eventually([&] {
    return metrics.Text().find("guildhall_redis_failures_total{use=\"test\"} 2") !=
           std::string::npos;
  }));
  CHECK_FALSE(pipe.up());
}

TEST_CASE("too much is refused, and what was taken is answered when the pipe ends") {
  testing::PrivateRedis redis;
  std::atomic<int> answered = 0;
  std::size_t taken = 0;
  {
    Pipe pipe(Patient(redis.settings()), "test", nullptr);
    REQUIRE(Up(pipe));
    redis.Pause();
    absl::Status asked;
    while (asked.ok()) {
      asked = pipe.Ask(Command("GET", "x"), Soon(), [&](const Answer&) { ++answered; });
      taken += asked.ok();
    }
    CHECK(absl::IsResourceExhausted(asked));
    CHECK(taken >= Pipe::kMostWaiting);
    CHECK(taken <= Pipe::kMostWaiting + Pipe::kMostCommands);
    const std::string bytes(Pipe::kMostWaitingBytes, 'x');
    CHECK(absl::IsResourceExhausted(Ask(pipe, Command("ECHO", bytes)).get().status()));
  }
  CHECK(static_cast<std::size_t>(answered) == taken);
  redis.Resume();
}

}  // namespace
}  // namespace guildhall::redis
