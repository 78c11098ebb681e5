#include "services/identity/domain/access_token.h"

#include <catch2/catch.hpp>

#include "guildhall/identity/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {
namespace {

constexpr absl::Time kNow = absl::UnixEpoch();

AccessToken Token(absl::Duration life) {
  AccessToken token;
  token.display_name = "Nightly build";
  token.create_time = kNow;
  token.expire_time = kNow + life;
  return token;
}

TEST_CASE("an access token ends in the future, after a year at most") {
  for (const absl::Duration life : {absl::Seconds(1), kLongestAccessToken}) {
    CHECK(CheckEnd(Token(life)).ok());
  }
  for (const absl::Duration life :
       {absl::ZeroDuration(), absl::Seconds(-1), kLongestAccessToken + absl::Seconds(1),
        absl::InfiniteDuration()}) {
    CHECK(Is(CheckEnd(Token(life)), policy::reasons::kFieldInvalid));
  }
}

TEST_CASE("an access token has a name, by which its owner knows it again") {
  AccessToken token = Token(absl::Hours(1));
  token.display_name = "  Nightly   build ";
  CHECK(TidyAccessToken(token).ok());
  CHECK(token.display_name == "Nightly build");
  token.display_name = " ";
  CHECK(Is(TidyAccessToken(token), policy::reasons::kFieldInvalid));
}

TEST_CASE("an access token holds until it expires or is revoked") {
  AccessToken token = Token(absl::Hours(1));
  CHECK(Holds(token, kNow + absl::Hours(1) - absl::Seconds(1)));
  CHECK_FALSE(Holds(token, kNow + absl::Hours(1)));
  token.revoke_time = kNow;
  CHECK_FALSE(Holds(token, kNow));
}

TEST_CASE("an account has fifty access tokens at most") {
  CHECK(CheckAnotherToken(kMaxAccessTokens - 1).ok());
  CHECK(Is(CheckAnotherToken(kMaxAccessTokens), reasons::kTooManyAccessTokens));
}

}  // namespace
}  // namespace guildhall::identity
