#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/caller.h"
#include "libs/access/es256.h"
#include "libs/access/key_set.h"
#include "libs/base/clock.h"
#include "libs/base/random.h"

namespace guildhall::access {

// How long a token holds at most. It says who calls from which session; whether the session lives
// and what the member may do are facts, true at each call.
inline constexpr absl::Duration kTokenLife = absl::Minutes(2);

// Mints tokens: JWT (RFC 7519) of type at+jwt, signed with ES256, with the claims iss, aud, sub
// (member id), sid, name, aff, iat, exp and jti; for a caller with an access token tid (its id) and
// scp (READ or WRITE) in place of sid, so that a service which does not know what a scope is
// refuses it. No roles: they would be stale for the token's life.
class TokenSigner {
 public:
  // `issuer` is the setting that every service of the deployment shares.
  TokenSigner(std::string issuer, SigningKey key)
      : issuer_(std::move(issuer)), key_(std::move(key)) {}

  const PublicKey& public_key() const { return key_.public_key(); }

  // A token by which `caller` (a member) calls the service `audience`, from `now` for kTokenLife.
  // Cost: one signature, about 40 µs. Thread-safe.
  std::string Mint(const Caller& caller, std::string_view audience, absl::Time now,
                   Random& random) const;

 private:
  std::string issuer_;
  SigningKey key_;
};

// Verifies tokens meant for one service. Thread-safe, never blocks.
class TokenVerifier {
 public:
  // Tokens that were verified before are remembered by their SHA-256, this many at most: a look-up
  // is 2 µs, a signature 128 µs. Each takes about 300 bytes.
  static constexpr std::size_t kRemembered = 8192;

  // `keys` and `clock` outlive the verifier.
  TokenVerifier(std::string issuer, std::string audience, KeySet& keys,
                const Clock& clock = SystemClock());
  ~TokenVerifier();

  // Who calls. Fails with TOKEN_INVALID when anything is wrong with the token, which is not said
  // in detail, and with DEPENDENCY_AWAY before the first keys have arrived.
  absl::StatusOr<Caller> Verify(std::string_view token);

 private:
  struct Memory;

  std::string issuer_;
  std::string audience_;
  KeySet& keys_;
  const Clock& clock_;
  std::unique_ptr<Memory> memory_;
};

}  // namespace guildhall::access
