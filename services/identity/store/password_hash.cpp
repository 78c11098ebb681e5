#include "services/identity/store/password_hash.h"

#include <argon2.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libs/base/base64url.h"
#include "libs/base/check.h"

namespace guildhall::identity {
namespace {

constexpr int kHashBytes = 32;

std::uint32_t KibOf(Bytes size) { return static_cast<std::uint32_t>(Count(size) >> 10); }

}  // namespace

Pepper::Pepper(std::string key) : key_(std::move(key)) {
  if (key_.empty()) return;
  unsigned char hash[SHA256_DIGEST_LENGTH];
  const std::string text = "pepper id " + key_;
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash);
  id_ = Base64UrlEncode({reinterpret_cast<const char*>(hash), 6});
}

std::string Pepper::Season(std::string_view password) const {
  if (key_.empty()) return std::string(password);
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  GUILDHALL_CHECK(HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
                       reinterpret_cast<const unsigned char*>(password.data()), password.size(),
                       mac, &size) != nullptr);
  return std::string(reinterpret_cast<const char*>(mac), size);
}

PasswordHash HashPassword(std::string_view password, const Salt& salt, const HashCost& cost,
                          const Pepper& pepper) {
  const std::string seasoned = pepper.Season(password);
  const auto passes = static_cast<std::uint32_t>(cost.passes);
  std::string phc(
      argon2_encodedlen(passes, KibOf(cost.memory), 1, salt.size(), kHashBytes, Argon2_id), '\0');
  // Fails for costs outside of argon2's bounds, which settings are checked for, and without memory.
  GUILDHALL_CHECK(argon2id_hash_encoded(passes, KibOf(cost.memory), 1, seasoned.data(),
                                        seasoned.size(), salt.data(), salt.size(), kHashBytes,
                                        phc.data(), phc.size()) == ARGON2_OK);
  phc.resize(phc.find('\0'));
  return {phc, pepper.id()};
}

bool Matches(const PasswordHash& hash, std::string_view password, const Pepper& pepper) {
  const Pepper none;
  const bool seasoned_here = hash.pepper_id == pepper.id();
  const std::string seasoned = (hash.pepper_id.empty() ? none : pepper).Season(password);
  const bool same =
      argon2id_verify(hash.phc.c_str(), seasoned.data(), seasoned.size()) == ARGON2_OK;
  return same && (seasoned_here || hash.pepper_id.empty());
}

bool IsOutdated(const PasswordHash& hash, const HashCost& cost, const Pepper& pepper) {
  const std::string due =
      absl::StrCat("$argon2id$v=19$m=", KibOf(cost.memory), ",t=", cost.passes, ",p=1$");
  return hash.pepper_id != pepper.id() || !absl::StartsWith(hash.phc, due);
}

}  // namespace guildhall::identity
