#include "libs/redis/settings.h"

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

}  // namespace guildhall::redis
