#include "services/identity/store/session_secret.h"

#include <openssl/sha.h>

#include <array>

#include "libs/base/base64url.h"

namespace guildhall::identity {
namespace {

constexpr std::string_view kPrefix = "guildhall_session_";
constexpr std::size_t kSecretBytes = 32;

}  // namespace

std::string NewSessionSecret(Random& random) {
  std::array<std::uint8_t, kSecretBytes> bytes;
  random.Fill(bytes);
  return std::string(kPrefix) +
         Base64UrlEncode({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::optional<std::string> HashOfSecret(std::string_view secret) {
  if (!secret.starts_with(kPrefix)) return std::nullopt;
  const auto bytes = Base64UrlDecode(secret.substr(kPrefix.size()));
  if (!bytes || bytes->size() != kSecretBytes) return std::nullopt;
  std::string hash(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes->data()), bytes->size(),
         reinterpret_cast<unsigned char*>(hash.data()));
  return hash;
}

}  // namespace guildhall::identity
