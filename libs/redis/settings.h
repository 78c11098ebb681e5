#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/settings/schema.h"

namespace guildhall::redis {

// Where Redis is. Without one everything works, slower.
struct RedisSettings {
  // unix:/path, host:port or [ipv6]:port; empty: there is none. Give an address or a socket: a name
  // is resolved without a deadline.
  std::string address;
  settings::Secret password;

  // How long Redis may take to connect or to answer before it counts as away. It answers within a
  // millisecond; a quarter of a second bears a fork or a busy machine, and is what a caller loses
  // at most before everybody passes Redis by.
  absl::Duration timeout = absl::Milliseconds(250);
};

// Declares redis_address, redis_password and redis_timeout.
void Declare(settings::Schema& schema, RedisSettings& settings);

// Whether they can work; whether anybody is there is not looked at. Fails with INVALID_ARGUMENT and
// a sentence that says what to write.
absl::Status Check(const RedisSettings& settings);

}  // namespace guildhall::redis
