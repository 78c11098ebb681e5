#include "libs/access/token.h"

#include "absl/strings/str_cat.h"
#include "libs/access/service_token.h"
#include "libs/base/base64url.h"
#include "libs/base/check.h"
#include "libs/base/strings.h"
#include "libs/testing/fuzz/target.h"

namespace guildhall::access {
namespace {

constexpr char kIssuer[] = "guildhall";
constexpr char kAudience[] = "directory";

class StandingClock final : public Clock {
 public:
  absl::Time Now() const override { return absl::FromUnixSeconds(1'790'000'000); }
  absl::Duration Monotonic() const override { return absl::Seconds(1); }
};

// A deployment with one key, made by each run: no input depends on which.
struct World {
  StandingClock clock;
  SigningKey key = SigningKey::Generate();
  TokenSigner signer{kIssuer, key};
  KeySet keys;

  World() { keys.Replace(std::vector{key.public_key()}); }

  // Of a verifier that remembers nothing.
  absl::StatusOr<Caller> Verify(std::string_view token) {
    return TokenVerifier(kIssuer, kAudience, keys, clock).Verify(token);
  }

  std::string Sign(std::string_view claims) const {
    const std::string header =
        absl::StrCat(R"({"alg":"ES256","typ":"at+jwt","kid":")", key.public_key().key_id, "\"}");
    const std::string text = absl::StrCat(Base64UrlEncode(header), ".", Base64UrlEncode(claims));
    return absl::StrCat(text, ".", Base64UrlEncode(key.Sign(text)));
  }
};

// What claims hold, and are signed, make a caller who is told the same by a token of its own.
void TakeClaims(World& world, std::string_view claims) {
  const auto caller = world.Verify(world.Sign(claims));
  if (!caller.ok()) return;
  GUILDHALL_CHECK(caller->kind == Caller::Kind::kMember);
  const std::string minted =
      world.signer.Mint(*caller, kAudience, world.clock.Now(), SystemRandom());
  const auto again = world.Verify(minted);
  GUILDHALL_CHECK(again.ok() && again->member == caller->member);
  GUILDHALL_CHECK(again->session == caller->session && again->scope == caller->scope);
  GUILDHALL_CHECK(again->display_name == caller->display_name);
  GUILDHALL_CHECK(again->affiliation == caller->affiliation);
}

}  // namespace
}  // namespace guildhall::access

// A token that nobody signed, and claims that somebody did.
void guildhall::testing::TakeInput(std::string_view input) {
  static access::World world;
  static const auto key = access::ServiceKey::FromSecret("a key of 32 bytes that services share");
  GUILDHALL_CHECK(key.ok() && !world.Verify(input).ok());
  GUILDHALL_CHECK(
      !access::VerifyServiceToken(*key, input, access::kAudience, world.clock.Now()).ok());
  access::TakeClaims(world, input);
}
