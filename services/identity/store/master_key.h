#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "libs/base/random.h"

namespace guildhall::identity {

// The secret outside the database from which everything in it that must not be readable there is
// protected. Two keys are derived from it, so that no key serves two purposes.
class MasterKey {
 public:
  // From 32 bytes in base64url, as the setting `master_key` holds them. Fails with
  // INVALID_ARGUMENT.
  static absl::StatusOr<MasterKey> FromText(std::string_view text);

  // Seals a secret with AES-256-GCM under a fresh nonce; `context` (such as a row's key) is
  // authenticated with it, so that a sealed value is of no use in another row.
  std::string Seal(std::string_view secret, std::string_view context, Random& random) const;

  // The inverse. Fails with FAILED_PRECONDITION for another master key, another context, damage.
  absl::StatusOr<std::string> Open(std::string_view sealed, std::string_view context) const;

  // A keyed hash (HMAC-SHA256) for what is looked up or compared but could be guessed from a plain
  // hash: addresses, requests that hold passwords. `purpose` keeps their uses apart.
  std::array<std::uint8_t, 32> Fingerprint(std::string_view purpose, std::string_view text) const;

 private:
  explicit MasterKey(std::string_view bytes);

  std::string sealing_key_;
  std::string hashing_key_;
};

}  // namespace guildhall::identity
