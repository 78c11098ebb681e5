#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"

namespace guildhall::gateway {

// The SHA-256 of a session's secret: what is kept of it, so that memory holds none.
using SecretDigest = std::array<std::uint8_t, 32>;

// A digest is as good as a random number.
struct DigestHash {
  std::size_t operator()(const SecretDigest& digest) const;
};

// What a session's secret was exchanged for.
struct SessionTokens {
  // By audience; few, so they are searched.
  std::vector<std::pair<std::string, std::string>> tokens;
  absl::Time expire_time;
  std::string member;   // "members/…"
  std::string session;  // "sessions/…"

  // Empty when there is none for this audience.
  std::string_view For(std::string_view audience) const {
    for (const auto& [name, value] : tokens) {
      if (name == audience) return value;
    }
    return {};
  }
};

// The tokens of the sessions that called last, at most `capacity` (about 2.5 KiB each). A session
// that has ended is found out by the services, which check at each call: the cache saves the
// exchange, it does not prolong a session.
class SessionCache {
 public:
  explicit SessionCache(std::size_t capacity) : capacity_(capacity) {}

  // Null when there are none or they expire before `until`.
  std::shared_ptr<const SessionTokens> Find(const SecretDigest& secret, absl::Time until);

  void Put(const SecretDigest& secret, std::shared_ptr<const SessionTokens> tokens);
  void Drop(const SecretDigest& secret);
  // Only if these are they.
  void Drop(const SecretDigest& secret, const SessionTokens& tokens);
  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    SecretDigest secret;
    std::shared_ptr<const SessionTokens> tokens;
  };

  const std::size_t capacity_;
  std::list<Entry> entries_;  // the last used first
  absl::flat_hash_map<SecretDigest, std::list<Entry>::iterator, DigestHash> by_secret_;
};

}  // namespace guildhall::gateway
