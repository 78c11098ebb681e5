#include "libs/testing/private_redis.h"

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "libs/base/check.h"
#include "libs/redis/connection.h"
#include "libs/testing/eventually.h"

namespace guildhall::testing {
namespace {

namespace fs = std::filesystem;

std::string NewFolder(const RunAs& as) {
  std::string name = fs::temp_directory_path() / "guildhall-redis-XXXXXX";
  GUILDHALL_CHECK(mkdtemp(name.data()) != nullptr);
  GUILDHALL_CHECK(chown(name.c_str(), as.user, as.group) == 0);
  return name;
}

bool Says(const redis::RedisSettings& settings, std::string_view command, std::string_view answer) {
  const Deadline soon = Deadline::After(absl::Seconds(20));
  const auto connection = redis::Connection::Open(settings, soon);
  if (!connection.ok()) return false;
  const auto reply = (*connection)->Ask(redis::Command(command), soon);
  return reply.ok() && reply->text == answer;
}

}  // namespace

PrivateRedis::PrivateRedis(Memory memory)
    : memory_(memory),
      as_(RunAs::Unprivileged()),
      folder_(NewFolder(as_)),
      on_death_(RemoveOnDeath(folder_)) {
  Start();
}

PrivateRedis::~PrivateRedis() {
  Stop();
  fs::remove_all(folder_);
  close(on_death_);
}

void PrivateRedis::Start() {
  GUILDHALL_CHECK(server_ == 0);
  server_ = Spawn({"/usr/bin/redis-server", "--port", "0", "--unixsocket", folder_ + "/redis.sock",
                   "--dir", folder_, "--save", "", "--appendonly", "no", "--maxmemory",
                   std::string(memory_.limit), "--maxmemory-policy", std::string(memory_.policy)},
                  as_, folder_ + "/log", SIGKILL);
  GUILDHALL_CHECK(Eventually([this] { return Says(settings(), "PING", "PONG"); }));
}

void PrivateRedis::Stop() {
  if (server_ == 0) return;
  kill(server_, SIGKILL);
  WaitForEnd(server_);
  server_ = 0;
}

void PrivateRedis::Pause() { kill(server_, SIGSTOP); }

void PrivateRedis::Resume() { kill(server_, SIGCONT); }

void PrivateRedis::Flush() { GUILDHALL_CHECK(Says(settings(), "FLUSHALL", "OK")); }

redis::RedisSettings PrivateRedis::settings() const {
  redis::RedisSettings settings;
  settings.address = "unix:" + folder_ + "/redis.sock";
  return settings;
}

}  // namespace guildhall::testing
