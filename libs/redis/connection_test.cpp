#include "libs/redis/connection.h"

#include <catch2/catch.hpp>

#include "libs/redis/peer_fixture.h"
#include "libs/testing/private_redis.h"

namespace guildhall::redis {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(20);
Deadline Soon() { return Deadline::After(kPatience); }

std::unique_ptr<Connection> Open(const RedisSettings& settings) {
  auto connection = Connection::Open(settings, Soon());
  INFO(connection.status());
  REQUIRE(connection.ok());
  return *std::move(connection);
}

Reply Answer(Connection& connection, const Command& command) {
  auto reply = connection.Ask(command, Soon());
  INFO(reply.status());
  REQUIRE(reply.ok());
  return *std::move(reply);
}

absl::StatusCode CodeOf(const RedisSettings& settings, const Command& command) {
  return Open(settings)->Ask(command, Soon()).status().code();
}

TEST_CASE("Redis keeps any bytes and gives them back") {
  testing::PrivateRedis redis;
  const auto connection = Open(redis.settings());
  const std::string bytes("a\r\n$5\0\xff", 7);
  CHECK(Answer(*connection, Command("SET", "key", bytes)).text == "OK");
  CHECK(Answer(*connection, Command("GET", "key")).text == bytes);
  CHECK(Answer(*connection, Command("GET", "nothing")).is_nil());
  CHECK(Answer(*connection, Command("INCRBY", "n", "-7")).integer == -7);
}

TEST_CASE("many commands travel together and are answered in order") {
  testing::PrivateRedis redis;
  const auto connection = Open(redis.settings());
  constexpr int kCommands = 5000;
  // More than the sockets hold in either direction.
  const std::string bytes(1000, 'x');
  for (int i = 0; i < kCommands; ++i) {
    connection->Append(Command("ECHO", std::to_string(i) + bytes));
  }
  const auto replies = connection->Exchange(Soon());
  REQUIRE(replies.ok());
  REQUIRE(replies->size() == kCommands);
  bool in_order = true;
  for (int i = 0; i < kCommands; ++i) in_order &= (*replies)[i].text == std::to_string(i) + bytes;
  CHECK(in_order);
}

TEST_CASE("arrays come as they are nested") {
  testing::PrivateRedis redis;
  const auto connection = Open(redis.settings());
  Answer(*connection, Command("XADD", "s", "7-1", "key", "value"));
  Answer(*connection, Command("XADD", "s", "7-2", "key", "other"));
  const Reply reply = Answer(*connection, Command("XREAD", "COUNT", "9", "STREAMS", "s", "0-0"));
  REQUIRE(reply.is_array());
  const Reply& entries = reply.elements.at(0).elements.at(1);
  REQUIRE(entries.elements.size() == 2);
  CHECK(entries.elements[1].elements.at(0).text == "7-2");
  CHECK(entries.elements[1].elements.at(1).elements.at(1).text == "other");
}

TEST_CASE("a refusal by the server is an answer and closes nothing") {
  testing::PrivateRedis redis;
  const auto connection = Open(redis.settings());
  connection->Append(Command("SET", "text", "x"));
  connection->Append(Command("LPUSH", "text", "y"));
  connection->Append(Command("GET", "text"));
  const auto replies = connection->Exchange(Soon());
  REQUIRE(replies.ok());
  CHECK((*replies)[1].error_code() == "WRONGTYPE");
  CHECK((*replies)[2].text == "x");
  CHECK(connection->sound());
}

TEST_CASE("a full Redis refuses writes and still reads") {
  testing::PrivateRedis redis({.limit = "2mb", .policy = "noeviction"});
  const auto connection = Open(redis.settings());
  Answer(*connection, Command("SET", "small", "x"));
  Reply reply;
  for (int i = 0; i < 100 && !reply.is_error(); ++i) {
    reply = Answer(*connection, Command("SET", std::to_string(i), std::string(100'000, 'x')));
  }
  CHECK(reply.error_code() == "OOM");
  CHECK(Answer(*connection, Command("GET", "small")).text == "x");
}

TEST_CASE("with memory short, what has a time to live makes room for the rest") {
  testing::PrivateRedis redis({.limit = "2mb"});
  const auto connection = Open(redis.settings());
  Answer(*connection, Command("XADD", "stream", "7-1", "key", "value"));
  const std::string entry(100'000, 'x');
  for (int i = 0; i < 100; ++i) {
    const std::string key = std::to_string(i);
    CHECK(Answer(*connection, Command("SET", key, entry, "PX", "30000")).text == "OK");
  }
  CHECK(Answer(*connection, Command("XLEN", "stream")).integer == 1);
}

TEST_CASE("a Redis that stops is noticed, and nothing more comes from that connection") {
  testing::PrivateRedis redis;
  const auto connection = Open(redis.settings());
  Answer(*connection, Command("PING"));
  redis.Stop();
  CHECK(absl::IsUnavailable(connection->Ask(Command("PING"), Soon()).status()));
  CHECK_FALSE(connection->sound());
  CHECK(absl::IsUnavailable(Connection::Open(redis.settings(), Soon()).status()));
  redis.Start();
  CHECK(absl::IsUnavailable(connection->Ask(Command("PING"), Soon()).status()));
  CHECK(Answer(*Open(redis.settings()), Command("PING")).text == "PONG");
}

TEST_CASE("a frozen Redis costs no more than the deadline") {
  testing::PrivateRedis redis;
  const auto connection = Open(redis.settings());
  redis.Pause();
  const auto reply = connection->Ask(Command("PING"), Deadline::After(absl::Milliseconds(50)));
  CHECK(absl::IsDeadlineExceeded(reply.status()));
  CHECK_FALSE(connection->sound());
  // The kernel takes connections for it; a password would be the first question.
  RedisSettings settings = redis.settings();
  settings.password = settings::Secret("secret");
  settings.timeout = absl::Milliseconds(50);
  CHECK(absl::IsDeadlineExceeded(Connection::Open(settings, Soon()).status()));
  redis.Resume();
}

TEST_CASE("whoever polls may wait again for the same answer") {
  testing::PrivateRedis redis;
  const auto connection = Open(redis.settings());
  redis.Pause();
  connection->Append(Command("PING"));
  const auto early = connection->Poll(Deadline::After(absl::Milliseconds(20)));
  REQUIRE(early.ok());
  CHECK_FALSE(early->has_value());
  CHECK(connection->sound());
  redis.Resume();
  const auto late = connection->Poll(Soon());
  REQUIRE(late.ok());
  REQUIRE(late->has_value());
  CHECK((*late)->text == "PONG");
}

TEST_CASE("a cancelled wait ends at once") {
  testing::PrivateRedis redis;
  const auto connection = Open(redis.settings());
  Cancellation cancellation;
  std::thread canceller([&] { cancellation.Cancel(); });
  const Command wait("XREAD", "BLOCK", "0", "STREAMS", "s", "$");
  CHECK(absl::IsCancelled(connection->Ask(wait, Deadline(), &cancellation).status()));
  canceller.join();
}

TEST_CASE("a wrong password and a missing one are told apart") {
  testing::PrivateRedis redis;
  Answer(*Open(redis.settings()), Command("CONFIG", "SET", "requirepass", "right"));
  RedisSettings settings = redis.settings();
  CHECK(Answer(*Open(settings), Command("GET", "x")).error_code() == "NOAUTH");
  settings.password = settings::Secret("wrong");
  CHECK(absl::IsUnavailable(Connection::Open(settings, Soon()).status()));
  settings.password = settings::Secret("right");
  CHECK(Answer(*Open(settings), Command("GET", "x")).is_nil());
}

TEST_CASE("an address that makes no sense is named, no address is no Redis") {
  for (const char* address : {"nonsense", "host:", ":6379", "host:port", "host:70000", "unix:"}) {
    CAPTURE(address);
    RedisSettings settings;
    settings.address = address;
    CHECK(absl::IsInvalidArgument(Check(settings)));
    CHECK(absl::IsInvalidArgument(Connection::Open(settings, Soon()).status()));
  }
  CHECK(absl::IsInvalidArgument(Check({.timeout = absl::ZeroDuration()})));
  for (const char* address : {"", "unix:/a", "host:6379", "[::1]:6379"}) {
    CHECK(Check({.address = address}).ok());
  }
  CHECK(absl::IsUnavailable(Connection::Open({}, Soon()).status()));
  CHECK(absl::IsUnavailable(Connection::Open({.address = "127.0.0.1:1"}, Soon()).status()));
}

TEST_CASE("what is no Redis closes the connection") {
  for (const char* answer :
       {"HTTP/1.1 400 Bad Request\r\n\r\n", "%1\r\n+a\r\n+b\r\n", "*-7\r\n", "$-7\r\n", ":x\r\n",
        "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n+x\r\n", "\r\n"}) {
    CAPTURE(answer);
    HostilePeer peer(answer);
    CHECK(CodeOf(peer.settings(), Command("PING")) == absl::StatusCode::kUnavailable);
  }
}

TEST_CASE("an announced length allocates nothing, a long answer has an end") {
  const std::string huge_array = "*2147483647\r\n", huge_text = "$2147483647\r\n";
  std::string nested;
  for (int i = 0; i < 6; ++i) nested += huge_array;
  for (const std::string& announced : {huge_array, huge_text, nested}) {
    HostilePeer peer(announced);
    const auto connection = Open(peer.settings());
    const auto reply = connection->Ask(Command("PING"), Deadline::After(absl::Milliseconds(50)));
    CHECK(absl::IsDeadlineExceeded(reply.status()));
  }
  std::string many = huge_array;
  for (int i = 0; i <= ReplyReader::kMostElements; ++i) many += "+\r\n";
  const std::string long_text = huge_text + std::string(ReplyReader::kMostBytes, 'x');
  for (const std::string& answer :
       {many, long_text, std::string(ReplyReader::kMostBytes + 1, '+')}) {
    HostilePeer peer(answer);
    CHECK(CodeOf(peer.settings(), Command("PING")) == absl::StatusCode::kUnavailable);
  }
}

TEST_CASE("an answer that nobody asked for is not taken for the next one") {
  HostilePeer peer("+PONG\r\n+SOMEBODY ELSE'S\r\n");
  const auto connection = Open(peer.settings());
  CHECK(Answer(*connection, Command("PING")).text == "PONG");
  CHECK(absl::IsUnavailable(connection->Ask(Command("PING"), Soon()).status()));
}

}  // namespace
}  // namespace guildhall::redis
