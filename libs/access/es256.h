#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <openssl/types.h>

#include "absl/status/statusor.h"

namespace guildhall::access {

// ES256 (ECDSA on P-256 with SHA-256, RFC 7518 section 3.4) on OpenSSL's EVP, and nothing else: no
// algorithm is ever taken from a token. Chosen over EdDSA because it is faster on both sides with
// OpenSSL 3.0 (sign 40 µs, verify 128 µs) and every verifier knows it.

// A public key as it travels: coordinates of 32 bytes, big-endian.
struct PublicKey {
  std::string key_id;  // RFC 7638 thumbprint of the coordinates
  std::string x;
  std::string y;

  bool operator==(const PublicKey&) const = default;
};

// The RFC 7638 thumbprint (SHA-256, base64url) of an EC key on P-256.
std::string Thumbprint(std::string_view x, std::string_view y);

// Shared and immutable; verifying is thread-safe.
class VerifyingKey {
 public:
  // Fails with INVALID_ARGUMENT when the point is not on the curve or the key id is not the
  // thumbprint.
  static absl::StatusOr<VerifyingKey> FromPublicKey(const PublicKey& key);

  // Whether `signature` (r and s, 32 bytes each) is this key's for `message`. A malleated s
  // (n - s) verifies too: nothing here identifies a token by its signature.
  bool Verifies(std::string_view message, std::string_view signature) const;

 private:
  explicit VerifyingKey(std::shared_ptr<EVP_PKEY> key) : key_(std::move(key)) {}
  std::shared_ptr<EVP_PKEY> key_;
};

// Shared and immutable; signing is thread-safe.
class SigningKey {
 public:
  // A new key from OpenSSL's random generator, which cannot be handed in.
  static SigningKey Generate();

  // The inverse of ToPrivateBytes. Fails with INVALID_ARGUMENT.
  static absl::StatusOr<SigningKey> FromPrivateBytes(std::string_view der);

  // PKCS #8 DER in the clear: wrap before storing.
  std::string ToPrivateBytes() const;

  const PublicKey& public_key() const { return public_key_; }

  // r and s, 32 bytes each.
  std::string Sign(std::string_view message) const;

 private:
  explicit SigningKey(std::shared_ptr<EVP_PKEY> key);
  std::shared_ptr<EVP_PKEY> key_;
  PublicKey public_key_;
};

}  // namespace guildhall::access
