#include "libs/resources/page_tokens.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/base64url.h"
#include "libs/base/check.h"
#include "libs/resources/position.h"

namespace guildhall::resources {
namespace {

constexpr std::size_t kMacBytes = 16;
constexpr std::size_t kKeyBytes = 32;
// A keyset is some dozens of bytes and a display name; anything longer is not ours.
constexpr std::size_t kMaxTokenBytes = 2048;

absl::Status Invalid() {
  return Refusal(policy::reasons::kPageTokenInvalid,
                 "The page token is damaged or belongs to another list.");
}

}  // namespace

PageTokens::PageTokens(std::string key) : key_(std::move(key)) {
  GUILDHALL_CHECK(key_.size() >= kKeyBytes);
}

std::string PageTokens::Seal(const PageScope& scope, std::string_view position) const {
  return Base64UrlEncode(Mac(scope, position).append(position));
}

absl::StatusOr<std::string> PageTokens::Open(const PageScope& scope, std::string_view token) const {
  if (token.size() > kMaxTokenBytes) return Invalid();
  const std::optional<std::string> bytes = Base64UrlDecode(token);
  if (!bytes || bytes->size() < kMacBytes) return Invalid();
  std::string position = bytes->substr(kMacBytes);
  const std::string mac = Mac(scope, position);
  if (CRYPTO_memcmp(mac.data(), bytes->data(), kMacBytes) != 0) return Invalid();
  return position;
}

std::string PageTokens::Mac(const PageScope& scope, std::string_view position) const {
  // Each part with its length, so that no two scopes read alike.
  const std::string sealed = PositionWriter()
                                 .Text(scope.method)
                                 .Text(scope.filter)
                                 .Id(scope.caller.uuid())
                                 .Number(scope.revision)
                                 .Text(position)
                                 .Take();
  unsigned char mac[EVP_MAX_MD_SIZE];
  GUILDHALL_CHECK(HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
                       reinterpret_cast<const unsigned char*>(sealed.data()), sealed.size(), mac,
                       nullptr) != nullptr);
  return std::string(reinterpret_cast<const char*>(mac), kMacBytes);
}

}  // namespace guildhall::resources
