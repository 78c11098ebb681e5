#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "libs/cache/method.h"
#include "libs/cache/reply.h"
#include "libs/redis/pipe.h"
#include "libs/redis/settings.h"
#include "libs/telemetry/metrics.h"

namespace guildhall::cache {

// A reply from Redis, and what its writer knew when it was read.
struct SharedEntry {
  SharedReply reply;
  // The oldest transaction that was open before the read began: whatever was committed under a
  // lower id is in the reply.
  std::uint64_t horizon = 0;
};

// What an entry is sealed with, and for: bytes that were altered, written by somebody else or found
// under another name do not open (HMAC-SHA256, cut to 128 bits).
std::string Seal(std::string_view key, std::string_view name, const SharedEntry& entry);
std::optional<SharedEntry> Open(std::string_view key, std::string_view name,
                                std::string_view sealed);

// What replies in Redis need beside the settings.
struct Sharing {
  redis::RedisSettings redis;
  // Stands before all keys and says whose replies they are: service and build, so that programs of
  // two versions never read each other's.
  std::string name;
  // What the key of the seals is made from, the same in all processes of the service.
  std::string secret;
  // A read of PostgreSQL takes about a millisecond: a Redis that takes longer than this is no help.
  absl::Duration patience = absl::Milliseconds(20);
};

// Replies in Redis, for all processes of a service. It promises nothing: entries may be lost, old
// or damaged, and Redis slow or away; who asks is answered within Sharing::patience all the same,
// and decides by the horizon whether an entry is of use. Thread-safe; nobody waits.
class SharedStore {
 public:
  // How long entries stay: they refuse themselves when something changed, so this only bounds how
  // much Redis holds of what nobody asks for.
  static constexpr absl::Duration kStays = absl::Seconds(30);

  SharedStore(Sharing sharing, telemetry::Metrics& metrics);

  // The entry, or nothing; on the pipe's thread, or at once where Redis is away. `server` is who
  // numbered the horizon (Look::server).
  using Got = std::function<void(std::optional<SharedEntry>)>;
  void Get(const Method& method, const Key& key, std::int64_t server, Got got);

  void Put(const Method& method, const Key& key, std::int64_t server, const SharedEntry& entry);

  // An entry was given out, or refused because something changed since.
  void Used() { used_.Increment(); }
  void Refused() { refused_.Increment(); }

 private:
  std::string NameOf(const Method& method, const Key& key, std::int64_t server) const;

  const std::string name_;
  const std::string key_;
  const absl::Duration patience_;
  telemetry::Counter& used_;
  telemetry::Counter& absent_;
  telemetry::Counter& refused_;
  telemetry::Counter& damaged_;
  telemetry::Counter& away_;
  redis::Pipe pipe_;  // last: its thread uses the rest
};

}  // namespace guildhall::cache
