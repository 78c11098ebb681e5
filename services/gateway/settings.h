#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/bytes.h"
#include "libs/redis/settings.h"
#include "libs/settings/schema.h"

namespace guildhall::gateway {

// What an operator decides about the gateway. The meaning, unit and reason of each stand in
// settings.cpp, where people read them with --help.
struct Settings {
  std::string listen = "127.0.0.1:8080";
  std::string identity_address;
  std::string directory_address;
  std::string discussions_address;
  std::string probe_address;
  settings::Secret service_key;
  redis::RedisSettings redis;

  bool insecure_cookie = false;
  std::vector<std::string> allowed_origins;
  std::vector<std::string> trusted_proxies;

  int connections = 4096;
  Bytes head_limit = KiB(16);
  Bytes body_limit = MiB(4);
  Bytes json_limit = KiB(512);
  Bytes reply_limit = MiB(8);
  Bytes json_reply_limit = MiB(2);
  int calls = 4096;
  absl::Duration default_deadline = absl::Seconds(5);
  absl::Duration longest_deadline = absl::Seconds(60);

  int session_rate = 50;
  int session_burst = 200;
  int address_rate = 20;
  int address_burst = 100;
  int cached_sessions = 8192;

  double sampled_ratio = 0.001;
  int sampled_wishes = 5;

  void Describe(settings::Schema& schema);
};

}  // namespace guildhall::gateway
