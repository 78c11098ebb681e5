#include "services/gateway/domain/session_cache.h"

#include <catch2/catch.hpp>

namespace guildhall::gateway {
namespace {

constexpr absl::Time kNow = absl::UnixEpoch();

SecretDigest Digest(std::uint8_t n) {
  SecretDigest digest{};
  digest[0] = n;
  return digest;
}

std::shared_ptr<const SessionTokens> Tokens(absl::Time expire_time) {
  return std::make_shared<SessionTokens>(
      SessionTokens{.tokens = {{"directory", "t"}}, .expire_time = expire_time});
}

TEST_CASE("tokens are found until they expire or are dropped") {
  SessionCache cache(2);
  cache.Put(Digest(1), Tokens(kNow + absl::Seconds(60)));
  CHECK(cache.Find(Digest(1), kNow)->For("directory") == "t");
  CHECK(cache.Find(Digest(1), kNow)->For("identity").empty());
  CHECK_FALSE(cache.Find(Digest(2), kNow));
  CHECK(cache.Find(Digest(1), kNow + absl::Seconds(60)));
  CHECK_FALSE(cache.Find(Digest(1), kNow + absl::Seconds(61)));
  cache.Put(Digest(1), Tokens(kNow + absl::Seconds(60)));
  cache.Drop(Digest(1));
  cache.Drop(Digest(1));
  CHECK_FALSE(cache.Find(Digest(1), kNow));
  CHECK(cache.size() == 0);
}

TEST_CASE("tokens that were not taken are dropped, newer ones stay") {
  SessionCache cache(2);
  const auto refused = Tokens(kNow + absl::Seconds(60));
  cache.Put(Digest(1), refused);
  cache.Drop(Digest(1), *refused);
  CHECK_FALSE(cache.Find(Digest(1), kNow));
  cache.Put(Digest(1), Tokens(kNow + absl::Seconds(60)));
  cache.Drop(Digest(1), *refused);
  CHECK(cache.Find(Digest(1), kNow));
}

TEST_CASE("the session that called longest ago makes room") {
  SessionCache cache(2);
  cache.Put(Digest(1), Tokens(kNow + absl::Seconds(60)));
  cache.Put(Digest(2), Tokens(kNow + absl::Seconds(60)));
  CHECK(cache.Find(Digest(1), kNow));
  cache.Put(Digest(3), Tokens(kNow + absl::Seconds(60)));
  CHECK(cache.Find(Digest(1), kNow));
  CHECK_FALSE(cache.Find(Digest(2), kNow));
  CHECK(cache.size() == 2);
}

TEST_CASE("a cache has room for as many sessions as it is given, also for none") {
  for (const std::size_t capacity : {0, 1}) {
    SessionCache cache(capacity);
    cache.Put(Digest(1), Tokens(kNow + absl::Seconds(60)));
    cache.Put(Digest(2), Tokens(kNow + absl::Seconds(60)));
    CHECK(cache.size() == capacity);
  }
}

}  // namespace
}  // namespace guildhall::gateway
