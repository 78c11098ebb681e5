#include "libs/access/service_token.h"

#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::access {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);
const ServiceKey kKey = *ServiceKey::FromSecret("0123456789abcdef0123456789abcdef");

bool Refused(std::string_view token, std::string_view audience = "directory",
             absl::Time now = kNow) {
  return Is(VerifyServiceToken(kKey, token, audience, now).status(),
            policy::reasons::kTokenInvalid);
}

TEST_CASE("a service token proves its caller to its audience") {
  const std::string token = MintServiceToken(kKey, "discussions", "directory", kNow);
  CHECK(*VerifyServiceToken(kKey, token, "directory", kNow) == "discussions");
}

TEST_CASE("the name of a service takes 64 letters") {
  const std::string longest(64, 'a');
  CHECK(*VerifyServiceToken(kKey, MintServiceToken(kKey, longest, longest, kNow), longest, kNow) ==
        longest);
}

TEST_CASE("a service token of one audience is refused by another") {
  CHECK(Refused(MintServiceToken(kKey, "discussions", "directory", kNow), "identity"));
}

TEST_CASE("a service token holds for two minutes, and not before it was made") {
  const std::string token = MintServiceToken(kKey, "discussions", "directory", kNow);
  const absl::Time last = kNow + kServiceTokenLife - absl::Seconds(1);
  CHECK_FALSE(Refused(token, "directory", last));
  CHECK(Refused(token, "directory", kNow + kServiceTokenLife));
  CHECK_FALSE(Refused(token, "directory", kNow - kClockSkew));
  CHECK(Refused(token, "directory", kNow - kClockSkew - absl::Seconds(1)));
}

TEST_CASE("any change to a service token is noticed") {
  const std::string token = MintServiceToken(kKey, "discussions", "directory", kNow);
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'a' ? 'b' : 'a';
    CAPTURE(i);
    CHECK(Refused(changed));
    CHECK(Refused(token.substr(0, i)));
  }
  CHECK(Refused(token + "A"));
  CHECK(Refused(token + "="));
  CHECK(Refused(std::string(100'000, '.')));
}

TEST_CASE("a service token of another deployment's key is refused") {
  const ServiceKey other = *ServiceKey::FromSecret("another secret of 32 bytes or so");
  CHECK(Refused(MintServiceToken(other, "discussions", "directory", kNow)));
}

TEST_CASE("a short service key is refused") {
  CHECK_FALSE(ServiceKey::FromSecret("31 bytes are not enough to hold").ok());
}

}  // namespace
}  // namespace guildhall::access
