#include "libs/redis/settings.h"

#include "libs/redis/connect.h"

namespace guildhall::redis {

void Declare(settings::Schema& schema, RedisSettings& settings) {
  schema.Add("redis_address", &settings.address,
             "Where Redis is: unix:/path or host:port, shared by all processes of the deployment; "
             "empty: none, and everything works, slower. Give an address or a socket: names are "
             "resolved without a deadline.");
  schema.Add("redis_password", &settings.password,
             "Password for Redis; empty where it trusts the socket");
  schema.Add("redis_timeout", &settings.timeout,
             "How long Redis may take to answer before it counts as away and is passed by");
}

absl::Status Check(const RedisSettings& settings) {
  if (settings.timeout < absl::Milliseconds(1)) {
    return absl::InvalidArgumentError("The setting redis_timeout is less than 1ms.");
  }
  return internal::CheckAddress(settings.address);
}

}  // namespace guildhall::redis
