#include "libs/access/token.h"

#include <array>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/access/flat_json.h"
#include "libs/access/service_token.h"
#include "libs/base/base64url.h"
#include "libs/base/refusal.h"
#include "libs/base/sha256.h"

namespace guildhall::access {
namespace {

constexpr char kAlgorithm[] = "ES256";
constexpr char kType[] = "at+jwt";
constexpr char kReadScope[] = "READ";
constexpr char kWriteScope[] = "WRITE";
// A token of ours has about 500 bytes, up to 400 more with the longest name.
constexpr std::size_t kMaximumTokenBytes = 2048;

using Fingerprint = std::array<std::uint8_t, 32>;

std::string Json(const nlohmann::json& object) {
  return object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string NewTokenId(Random& random) {
  std::array<std::uint8_t, 16> bytes;
  random.Fill(bytes);
  return Base64UrlEncode({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// The three parts of a compact JWS (RFC 7515 section 7.1), decoded.
struct Parts {
  std::string_view signed_text;
  std::string header, claims, signature;
};

std::optional<Parts> Split(std::string_view token) {
  const std::size_t first = token.find('.');
  const std::size_t second = token.rfind('.');
  if (first == std::string_view::npos || first == second) return std::nullopt;
  auto header = Base64UrlDecode(token.substr(0, first));
  // A third dot falls into this part, where the alphabet refuses it.
  auto claims = Base64UrlDecode(token.substr(first + 1, second - first - 1));
  auto signature = Base64UrlDecode(token.substr(second + 1));
  if (!header || !claims || !signature) return std::nullopt;
  return Parts{token.substr(0, second), *std::move(header), *std::move(claims),
               *std::move(signature)};
}

bool Has(const FlatJson& object, const char* name, std::string_view due) {
  const std::string* value = object.String(name);
  return value != nullptr && *value == due;
}

// The key id of a header that holds exactly alg, typ and kid, the first two as due: jwk, jku, x5u,
// crit, b64 and whatever else is invented have no place.
std::optional<std::string> KeyIdOf(std::string_view header_text) {
  const std::optional<FlatJson> header = FlatJson::Parse(header_text);
  if (!header || header->size() != 3 || !Has(*header, "alg", kAlgorithm) ||
      !Has(*header, "typ", kType)) {
    return std::nullopt;
  }
  const std::string* key_id = header->String("kid");
  return key_id != nullptr ? std::optional(*key_id) : std::nullopt;
}

std::optional<Affiliation> AffiliationOf(const FlatJson& claims) {
  const std::int64_t* number = claims.Integer("aff");
  if (number == nullptr || (*number != static_cast<int>(Affiliation::kEmployee) &&
                            *number != static_cast<int>(Affiliation::kExternal))) {
    return std::nullopt;
  }
  return static_cast<Affiliation>(*number);
}

// What the caller showed: the id of a session or, with its scope, of an access token; not both.
struct Shown {
  SessionId id;
  Scope scope;
};

std::optional<Shown> ReadShown(const FlatJson& claims) {
  const std::string* session = claims.String("sid");
  const std::string* token = claims.String("tid");
  if ((session == nullptr) == (token == nullptr)) return std::nullopt;
  const auto id = SessionId::Parse(session != nullptr ? *session : *token);
  if (!id) return std::nullopt;
  if (session != nullptr) return Shown{*id, Scope::kSession};
  if (Has(claims, "scp", kReadScope)) return Shown{*id, Scope::kRead};
  if (Has(claims, "scp", kWriteScope)) return Shown{*id, Scope::kWrite};
  return std::nullopt;
}

struct Claims {
  Caller caller;
  absl::Time expiry;
};

std::optional<Claims> ReadClaims(std::string_view text, std::string_view issuer,
                                 std::string_view audience, absl::Time now) {
  const std::optional<FlatJson> claims = FlatJson::Parse(text);
  if (!claims || !Has(*claims, "iss", issuer) || !Has(*claims, "aud", audience)) {
    return std::nullopt;
  }
  const std::int64_t* issued = claims->Integer("iat");
  const std::int64_t* expires = claims->Integer("exp");
  const std::string* member = claims->String("sub");
  const std::string* name = claims->String("name");
  const std::optional<Affiliation> affiliation = AffiliationOf(*claims);
  const std::optional<Shown> shown = ReadShown(*claims);
  if (!issued || !expires || !member || !name || !affiliation || !shown) return std::nullopt;
  const absl::Time start = absl::FromUnixSeconds(*issued);
  const absl::Time end = absl::FromUnixSeconds(*expires);
  if (start > now + kClockSkew || end <= now || end - start > kTokenLife) return std::nullopt;
  const auto member_id = MemberId::Parse(*member);
  if (!member_id) return std::nullopt;
  Caller caller;
  caller.kind = Caller::Kind::kMember;
  caller.member = *member_id;
  caller.session = shown->id;
  caller.scope = shown->scope;
  caller.display_name = *name;
  caller.affiliation = *affiliation;
  return Claims{std::move(caller), end};
}

absl::Status TokenInvalid() {
  return Refusal(policy::reasons::kTokenInvalid, "The token does not hold.");
}

}  // namespace

std::string TokenSigner::Mint(const Caller& caller, std::string_view audience, absl::Time now,
                              Random& random) const {
  const std::int64_t issued = absl::ToUnixSeconds(now);
  const std::string header =
      Json({{"alg", kAlgorithm}, {"typ", kType}, {"kid", public_key().key_id}});
  nlohmann::json claims = {{"iss", issuer_},
                           {"aud", std::string(audience)},
                           {"sub", caller.member.ToString()},
                           {"name", caller.display_name},
                           {"aff", static_cast<int>(caller.affiliation)},
                           {"iat", issued},
                           {"exp", issued + absl::ToInt64Seconds(kTokenLife)},
                           {"jti", NewTokenId(random)}};
  if (caller.scope == Scope::kSession) {
    claims["sid"] = caller.session.ToString();
  } else {
    claims["tid"] = caller.session.ToString();
    claims["scp"] = caller.scope == Scope::kRead ? kReadScope : kWriteScope;
  }
  const std::string text =
      absl::StrCat(Base64UrlEncode(header), ".", Base64UrlEncode(Json(claims)));
  return absl::StrCat(text, ".", Base64UrlEncode(key_.Sign(text)));
}

// Two generations: when the younger is full it becomes the elder and the elder is forgotten, so
// memory is bounded and nothing is swept.
struct TokenVerifier::Memory {
  using Generation = absl::flat_hash_map<Fingerprint, Claims>;

  absl::Mutex mutex;
  Generation younger, elder;
  std::uint64_t keys_generation = 0;

  std::optional<Caller> Recall(const Fingerprint& fingerprint, std::uint64_t keys, absl::Time now) {
    const absl::MutexLock lock(&mutex);
    if (keys != keys_generation) {
      younger.clear();
      elder.clear();
      keys_generation = keys;
    }
    for (const Generation* generation : {&younger, &elder}) {
      const auto found = generation->find(fingerprint);
      if (found != generation->end() && found->second.expiry > now) return found->second.caller;
    }
    return std::nullopt;
  }

  void Remember(const Fingerprint& fingerprint, std::uint64_t keys, const Claims& claims) {
    const absl::MutexLock lock(&mutex);
    if (keys != keys_generation) return;
    if (younger.size() >= kRemembered / 2) {
      elder = std::move(younger);
      younger = {};
    }
    younger.insert_or_assign(fingerprint, claims);
  }
};

TokenVerifier::TokenVerifier(std::string issuer, std::string audience, KeySet& keys,
                             const Clock& clock)
    : issuer_(std::move(issuer)),
      audience_(std::move(audience)),
      keys_(keys),
      clock_(clock),
      memory_(std::make_unique<Memory>()) {}

TokenVerifier::~TokenVerifier() = default;

absl::StatusOr<Caller> TokenVerifier::Verify(std::string_view token) {
  keys_.RefreshIfDue(clock_.Monotonic());
  if (token.size() > kMaximumTokenBytes) return TokenInvalid();
  const absl::Time now = clock_.Now();
  const std::uint64_t generation = keys_.generation();
  const Fingerprint fingerprint = Sha256(token);
  if (auto caller = memory_->Recall(fingerprint, generation, now)) return *std::move(caller);

  const std::optional<Parts> parts = Split(token);
  if (!parts) return TokenInvalid();
  const std::optional<std::string> key_id = KeyIdOf(parts->header);
  if (!key_id) return TokenInvalid();
  if (!keys_.loaded()) {
    return Refusal(policy::reasons::kDependencyAway, "The keys of tokens have not arrived yet.");
  }
  const auto key = keys_.Find(*key_id);
  if (!key || !key->Verifies(parts->signed_text, parts->signature)) return TokenInvalid();
  std::optional<Claims> claims = ReadClaims(parts->claims, issuer_, audience_, now);
  if (!claims) return TokenInvalid();
  memory_->Remember(fingerprint, generation, *claims);
  return std::move(claims->caller);
}

}  // namespace guildhall::access
