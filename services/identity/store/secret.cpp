#include "services/identity/store/secret.h"

#include <array>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "libs/base/base64url.h"
#include "libs/base/sha256.h"
#include "libs/base/strings.h"

namespace guildhall::identity {
namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kChecksumLength = 6;  // of 4 bytes in base64url

struct Form {
  std::string_view prefix;
  bool checksum;
};

Form FormOf(SecretKind kind) {
  switch (kind) {
    case SecretKind::kSession:
      return {"guildhall_session_", false};
    case SecretKind::kAdministrator:
      return {"guildhall_administrator_", true};
    case SecretKind::kAccessToken:
      return {"guildhall_token_", true};
    case SecretKind::kPasswordReset:
      return {"guildhall_reset_", true};
    case SecretKind::kInvitation:
      return {"guildhall_invitation_", true};
    case SecretKind::kEmailChange:
      return {"guildhall_email_", true};
  }
  return {};
}

template <std::size_t n>
std::string Encoded(const std::array<std::uint8_t, n>& bytes) {
  return Base64UrlEncode({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// CRC-32 of IEEE 802.3, as zlib and PNG have it. Once for each secret that is made or shown.
std::string ChecksumOf(std::string_view text) {
  std::uint32_t crc = ~0U;
  for (const char c : text) {
    crc ^= static_cast<std::uint8_t>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320U : 0U);
  }
  crc = ~crc;
  return Encoded(std::array<std::uint8_t, 4>{
      static_cast<std::uint8_t>(crc >> 24), static_cast<std::uint8_t>(crc >> 16),
      static_cast<std::uint8_t>(crc >> 8), static_cast<std::uint8_t>(crc)});
}

}  // namespace

std::string NewSecret(SecretKind kind, Random& random) {
  std::array<std::uint8_t, kSecretBytes> bytes;
  random.Fill(bytes);
  return SecretOf(kind, bytes);
}

std::string SecretOf(SecretKind kind, const std::array<std::uint8_t, kSecretBytes>& bits) {
  const Form form = FormOf(kind);
  const std::string text = absl::StrCat(Absl(form.prefix), Encoded(bits));
  return form.checksum ? text + ChecksumOf(text) : text;
}

std::optional<std::string> HashOfSecret(SecretKind kind, std::string_view secret) {
  const Form form = FormOf(kind);
  if (!secret.starts_with(form.prefix)) return std::nullopt;
  if (form.checksum) {
    if (secret.size() < form.prefix.size() + kChecksumLength) return std::nullopt;
    const std::string_view checksum = secret.substr(secret.size() - kChecksumLength);
    secret.remove_suffix(kChecksumLength);
    if (ChecksumOf(secret) != checksum) return std::nullopt;
  }
  const auto bytes = Base64UrlDecode(secret.substr(form.prefix.size()));
  if (!bytes || bytes->size() != kSecretBytes) return std::nullopt;
  const std::array<std::uint8_t, 32> hash = Sha256(*bytes);
  return std::string(reinterpret_cast<const char*>(hash.data()), hash.size());
}

}  // namespace guildhall::identity
