#include "libs/access/token.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "guildhall/policy/v1/reasons.h"
#include "libs/access/service_token.h"
#include "libs/base/base64url.h"
#include "libs/base/refusal.h"

namespace guildhall::access {
namespace {

using nlohmann::json;
namespace reasons = policy::reasons;

class SetClock final : public Clock {
 public:
  absl::Time Now() const override { return now; }
  absl::Duration Monotonic() const override { return now - absl::UnixEpoch(); }
  absl::Time now = absl::FromUnixSeconds(1'790'000'000);
};

Caller Ada() {
  Caller caller;
  caller.kind = Caller::Kind::kMember;
  caller.member = *MemberId::Parse("018f0000-0000-7000-8000-000000000001");
  caller.session = *SessionId::Parse("018f0000-0000-7000-8000-000000000002");
  caller.display_name = "Ada \"the first\" L\xc3\xb3pez";
  caller.affiliation = Affiliation::kExternal;
  return caller;
}

// A deployment with one key and a verifier in `directory`.
struct World {
  SetClock clock;
  SigningKey key = SigningKey::Generate();
  TokenSigner signer{"guildhall", key};
  KeySet keys;
  TokenVerifier verifier{"guildhall", "directory", keys, clock};

  World() { Trust({key.public_key()}); }
  void Trust(std::vector<PublicKey> trusted) { keys.Replace(trusted); }

  std::string Mint(std::string_view audience = "directory") {
    return signer.Mint(Ada(), audience, clock.now, SystemRandom());
  }
  bool Refuses(std::string_view token) {
    return Is(verifier.Verify(token).status(), reasons::kTokenInvalid);
  }

  json Header() const {
    return {{"alg", "ES256"}, {"typ", "at+jwt"}, {"kid", key.public_key().key_id}};
  }
  json Claims() const {
    const std::int64_t now = absl::ToUnixSeconds(clock.now);
    return {{"iss", "guildhall"},
            {"aud", "directory"},
            {"sub", Ada().member.ToString()},
            {"sid", Ada().session.ToString()},
            {"name", "Ada"},
            {"aff", 1},
            {"iat", now},
            {"exp", now + 120},
            {"jti", "x"}};
  }
  // Signed with the real key, so that only what the text says can be at fault.
  std::string Signed(const std::string& header, const std::string& claims) const {
    const std::string text = Base64UrlEncode(header) + "." + Base64UrlEncode(claims);
    return text + "." + Base64UrlEncode(key.Sign(text));
  }
  std::string WithHeader(const json& header) const {
    return Signed(header.dump(), Claims().dump());
  }
  std::string WithClaim(const char* name, const json& value) const {
    json claims = Claims();
    claims[name] = value;
    return Signed(Header().dump(), claims.dump());
  }
};

TEST_CASE("a token says who calls from which session") {
  World world;
  const auto caller = world.verifier.Verify(world.Mint());
  REQUIRE(caller.ok());
  CHECK(caller->kind == Caller::Kind::kMember);
  CHECK(caller->member == Ada().member);
  CHECK(caller->session == Ada().session);
  CHECK(caller->display_name == Ada().display_name);
  CHECK(caller->affiliation == Affiliation::kExternal);
}

TEST_CASE("a token tells an access token and its scope from a session") {
  World world;
  for (const Scope scope : {Scope::kSession, Scope::kWrite, Scope::kRead}) {
    Caller ada = Ada();
    ada.scope = scope;
    const std::string token = world.signer.Mint(ada, "directory", world.clock.now, SystemRandom());
    const auto caller = world.verifier.Verify(token);
    REQUIRE(caller.ok());
    CHECK(caller->scope == scope);
    CHECK(caller->session == ada.session);
    // Who knows nothing of scopes must not take it for a session.
    const std::size_t dot = token.find('.') + 1;
    const auto claims = *Base64UrlDecode(token.substr(dot, token.rfind('.') - dot));
    CHECK(json::parse(claims).contains("sid") == (scope == Scope::kSession));
  }
}

TEST_CASE("a scope that is none, or stands beside a session, is refused") {
  World world;
  const auto with = [&](const json& tid, const json& scp, bool session) {
    json claims = world.Claims();
    if (!session) claims.erase("sid");
    if (!tid.is_null()) claims["tid"] = tid;
    if (!scp.is_null()) claims["scp"] = scp;
    return world.Signed(world.Header().dump(), claims.dump());
  };
  const std::string id = Ada().session.ToString();
  CHECK_FALSE(world.Refuses(with(id, "READ", false)));
  CHECK(world.Refuses(with(id, "READ", true)));
  CHECK(world.Refuses(with(id, nullptr, false)));
  CHECK(world.Refuses(with(id, "read", false)));
  CHECK(world.Refuses(with(id, 1, false)));
  CHECK(world.Refuses(with("x", "READ", false)));
  CHECK(world.Refuses(with(nullptr, "READ", false)));
}

TEST_CASE("T-14: a token of one service is refused by another") {
  World world;
  CHECK(world.Refuses(world.Mint("discussions")));
  CHECK(world.Refuses(world.Mint("")));
  CHECK(world.Refuses(world.WithClaim("aud", json::array({"directory"}))));
}

TEST_CASE("a token runs out, also while it is remembered") {
  World world;
  const std::string token = world.Mint();
  CHECK(world.verifier.Verify(token).ok());
  world.clock.now += kTokenLife - absl::Seconds(1);
  CHECK(world.verifier.Verify(token).ok());
  world.clock.now += absl::Seconds(1);
  CHECK(world.Refuses(token));
}

TEST_CASE("O-08: times that are odd are refused") {
  World world;
  const std::int64_t now = absl::ToUnixSeconds(world.clock.now);
  CHECK_FALSE(world.Refuses(world.WithClaim("iat", now + 30)));
  CHECK(world.Refuses(world.WithClaim("iat", now + 31)));
  CHECK(world.Refuses(world.WithClaim("iat", now - 1)));  // would hold for longer than 2 minutes
  CHECK(world.Refuses(world.WithClaim("iat", INT64_MIN)));
  CHECK(world.Refuses(world.WithClaim("exp", now)));
  CHECK(world.Refuses(world.WithClaim("exp", INT64_MAX)));
  CHECK(world.Refuses(world.WithClaim("exp", -1)));
  CHECK(world.Refuses(world.WithClaim("exp", std::to_string(now + 60))));
  CHECK(world.Refuses(world.WithClaim("exp", static_cast<double>(now) + 60.5)));
}

TEST_CASE("O-08: another issuer, however alike, is refused") {
  World world;
  for (const char* issuer : {"", "guildhall/", "Guildhall", "guildhall ", "xguildhall"}) {
    CHECK(world.Refuses(world.WithClaim("iss", issuer)));
  }
}

TEST_CASE("a token without a due claim is refused") {
  World world;
  for (const char* name : {"iss", "aud", "sub", "sid", "name", "aff", "iat", "exp"}) {
    json claims = world.Claims();
    claims.erase(name);
    CAPTURE(name);
    CHECK(world.Refuses(world.Signed(world.Header().dump(), claims.dump())));
  }
  CHECK(world.Refuses(world.WithClaim("aff", 0)));
  CHECK(world.Refuses(world.WithClaim("aff", 3)));
  CHECK(world.Refuses(world.WithClaim("sub", "me")));
}

TEST_CASE("O-05: no algorithm but ES256 is taken, whatever the token says") {
  World world;
  for (const char* algorithm : {"none", "None", "nOnE", "", "HS256", "RS256", "ES384", "es256"}) {
    json header = world.Header();
    header["alg"] = algorithm;
    CAPTURE(algorithm);
    CHECK(world.Refuses(world.WithHeader(header)));
    const std::string text =
        Base64UrlEncode(header.dump()) + "." + Base64UrlEncode(world.Claims().dump());
    CHECK(world.Refuses(text + "."));
  }
}

TEST_CASE("O-05: a token MACed with the public key is refused") {
  World world;
  const PublicKey& key = world.key.public_key();
  for (const std::string& secret : {key.x + key.y, "\x04" + key.x + key.y, key.key_id}) {
    json header = world.Header();
    header["alg"] = "HS256";
    const std::string text =
        Base64UrlEncode(header.dump()) + "." + Base64UrlEncode(world.Claims().dump());
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac, &size);
    const std::string_view bytes(reinterpret_cast<const char*>(mac), size);
    CHECK(world.Refuses(text + "." + Base64UrlEncode(bytes)));
  }
}

TEST_CASE("O-06: a header with anything of its own is refused") {
  World world;
  for (const char* name : {"jwk", "jku", "x5u", "x5c", "crit", "b64", "cty", "zip", "enc"}) {
    json header = world.Header();
    header[name] = "x";
    CAPTURE(name);
    CHECK(world.Refuses(world.WithHeader(header)));
  }
  for (const char* type : {"JWT", "jwt", "AT+JWT", "application/at+jwt", "logout+jwt", ""}) {
    json header = world.Header();
    header["typ"] = type;
    CAPTURE(type);
    CHECK(world.Refuses(world.WithHeader(header)));
  }
}

TEST_CASE("O-06: a key id finds a key or nothing") {
  World world;
  for (const std::string& id : {std::string("../../etc/passwd"), std::string("' OR 1=1 --"),
                                std::string(1000, 'k'), std::string()}) {
    json header = world.Header();
    header["kid"] = id;
    CHECK(world.Refuses(world.WithHeader(header)));
  }
}

TEST_CASE("O-06: a name given twice, in header or claims, is refused") {
  World world;
  const std::string header = world.Header().dump(), claims = world.Claims().dump();
  CHECK_FALSE(world.Refuses(world.Signed(header, claims)));
  CHECK(world.Refuses(world.Signed(R"({"alg":"none",)" + header.substr(1), claims)));
  CHECK(world.Refuses(world.Signed(header, R"({"sub":"x",)" + claims.substr(1))));
}

TEST_CASE("O-06: forms other than the compact one are refused") {
  World world;
  const std::string token = world.Mint();
  const std::size_t first = token.find('.'), last = token.rfind('.');
  CHECK(world.Refuses(""));
  CHECK(world.Refuses("."));
  CHECK(world.Refuses(".."));
  CHECK(world.Refuses(token + "."));
  CHECK(world.Refuses("." + token));
  CHECK(world.Refuses(token + "="));
  CHECK(world.Refuses(" " + token));
  CHECK(world.Refuses(token.substr(0, last) + "." + token.substr(last)));
  CHECK(world.Refuses(token.substr(0, first) + "=" + token.substr(first)));
  CHECK(world.Refuses(R"({"payload":"","signatures":[]})"));
  CHECK(world.Refuses(std::string(100'000, 'A')));
}

TEST_CASE("any change to a token is noticed, and so is any truncation") {
  World world;
  const std::string token = world.Mint();
  for (std::size_t i = 0; i < token.size(); i += 7) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    CAPTURE(i);
    CHECK(world.Refuses(changed));
    CHECK(world.Refuses(token.substr(0, i)));
  }
}

TEST_CASE("O-09: a service token is no token, and a token no service token") {
  World world;
  const ServiceKey key = *ServiceKey::FromSecret("0123456789abcdef0123456789abcdef");
  CHECK(world.Refuses(MintServiceToken(key, "discussions", "directory", world.clock.now)));
  CHECK_FALSE(VerifyServiceToken(key, world.Mint(), "directory", world.clock.now).ok());
}

TEST_CASE("T-08: a dropped key is refused at once, also for tokens seen before") {
  World world;
  const std::string token = world.Mint();
  const SigningKey next = SigningKey::Generate();
  CHECK(world.verifier.Verify(token).ok());
  world.Trust({world.key.public_key(), next.public_key()});
  CHECK(world.verifier.Verify(token).ok());
  world.Trust({next.public_key()});
  CHECK(world.Refuses(token));
}

TEST_CASE("before the first keys arrive a token is not called invalid") {
  SetClock clock;
  KeySet keys;
  TokenVerifier verifier("guildhall", "directory", keys, clock);
  const TokenSigner signer("guildhall", SigningKey::Generate());
  const std::string token = signer.Mint(Ada(), "directory", clock.now, SystemRandom());
  CHECK(Is(verifier.Verify(token).status(), reasons::kDependencyAway));
}

TEST_CASE("more tokens than are remembered are verified all the same") {
  World world;
  const std::string first = world.Mint();
  CHECK(world.verifier.Verify(first).ok());
  // Past half the memory the younger generation turns over.
  for (std::size_t i = 0; i < TokenVerifier::kRemembered / 2 + 2; ++i) {
    REQUIRE(world.verifier.Verify(world.Mint()).ok());
  }
  CHECK(world.verifier.Verify(first).ok());
}

TEST_CASE("O-10: forged tokens do not make the keys be fetched more often than once a minute") {
  SetClock clock;
  int fetches = 0;
  std::vector<KeySet::Fetched> waiting;
  KeySet keys([&](KeySet::Fetched fetched) {
    ++fetches;
    waiting.push_back(std::move(fetched));
  });
  TokenVerifier verifier("guildhall", "directory", keys, clock);
  const TokenSigner signer("guildhall", SigningKey::Generate());
  for (int i = 0; i < 3; ++i) {
    CHECK_FALSE(verifier.Verify(signer.Mint(Ada(), "directory", clock.now, SystemRandom())).ok());
  }
  CHECK(fetches == 1);
  waiting[0](std::vector<PublicKey>{signer.public_key()});
  CHECK(verifier.Verify(signer.Mint(Ada(), "directory", clock.now, SystemRandom())).ok());
  CHECK(fetches == 1);
  clock.now += KeySet::kFetchEvery;
  CHECK(verifier.Verify(signer.Mint(Ada(), "directory", clock.now, SystemRandom())).ok());
  CHECK(fetches == 2);
}

TEST_CASE("keys stay while their owner is away, and are asked for again soon") {
  int fetches = 0;
  KeySet keys([&](const KeySet::Fetched& fetched) {
    ++fetches;
    fetched(absl::UnavailableError("away"));
  });
  const std::vector<PublicKey> known = {SigningKey::Generate().public_key()};
  keys.Replace(known);
  keys.RefreshIfDue(absl::ZeroDuration());
  keys.RefreshIfDue(KeySet::kFetchAgain - absl::Milliseconds(1));
  CHECK(fetches == 1);
  keys.RefreshIfDue(KeySet::kFetchAgain);
  CHECK(fetches == 2);
  CHECK(keys.Find(known[0].key_id) != nullptr);
}

}  // namespace
}  // namespace guildhall::access
