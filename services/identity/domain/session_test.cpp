#include "services/identity/domain/session.h"

#include <catch2/catch.hpp>

namespace guildhall::identity {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);
constexpr SessionLimits kLimits{.idle = absl::Hours(24), .absolute = absl::Hours(240)};

Session Used(absl::Time last_used) {
  Session session;
  session.create_time = kNow - absl::Hours(100);
  session.last_used_time = last_used;
  session.expire_time = session.create_time + kLimits.absolute;
  return session;
}

TEST_CASE("a session ends when it is revoked, unused or old") {
  CHECK(IsLive(Used(kNow), kLimits, kNow));
  CHECK(IsLive(Used(kNow - kLimits.idle + absl::Seconds(1)), kLimits, kNow));
  CHECK_FALSE(IsLive(Used(kNow - kLimits.idle), kLimits, kNow));
  Session old = Used(kNow);
  old.expire_time = kNow;
  CHECK_FALSE(IsLive(old, kLimits, kNow));
  Session revoked = Used(kNow);
  revoked.revoke_time = kNow;
  CHECK_FALSE(IsLive(revoked, kLimits, kNow));
}

TEST_CASE("for ten minutes a sign-in proves that its owner calls; then the password is due") {
  CHECK(IsFresh(kNow, kNow));
  CHECK(IsFresh(kNow - absl::Minutes(10) + absl::Seconds(1), kNow));
  CHECK_FALSE(IsFresh(kNow - absl::Minutes(10), kNow));
}

TEST_CASE("of the browser that signs in 256 printable characters are kept") {
  CHECK(TidyUserAgent("curl/8.0") == "curl/8.0");
  CHECK(TidyUserAgent("~ a!") == "~ a!");
  CHECK(TidyUserAgent("a\r\nb\xc3\xa9\x7f") == "a??b???");
  CHECK(TidyUserAgent(std::string(300, 'x')).size() == 256);
}

}  // namespace
}  // namespace guildhall::identity
