#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "libs/base/bytes.h"
#include "services/identity/domain/account.h"

namespace guildhall::identity {

// What a password costs to check. The defaults are OWASP's least for argon2id (19 MiB, 2 passes,
// 1 lane): about 60 ms and 19 MiB here.
struct HashCost {
  Bytes memory = MiB(19);
  int passes = 2;

  bool operator==(const HashCost&) const = default;
};

// A secret outside the database without which the stored hashes are of no use. May be empty: none.
class Pepper {
 public:
  Pepper() = default;
  explicit Pepper(std::string key);

  // Which pepper it is, without telling it; empty for none. Stored beside each hash.
  const std::string& id() const { return id_; }

  // What is hashed in place of the password: HMAC-SHA256 under the key, or the password itself.
  std::string Season(std::string_view password) const;

 private:
  std::string key_;
  std::string id_;
};

using Salt = std::array<std::uint8_t, 16>;

// These take as long and as much memory as the cost says: call them inside a PasswordGate.
PasswordHash HashPassword(std::string_view password, const Salt& salt, const HashCost& cost,
                          const Pepper& pepper);

// Whether `password` is the one. False when the hash was made with another pepper.
bool Matches(const PasswordHash& hash, std::string_view password, const Pepper& pepper);

// Whether the hash should be made anew because cost or pepper have changed since.
bool IsOutdated(const PasswordHash& hash, const HashCost& cost, const Pepper& pepper);

}  // namespace guildhall::identity
