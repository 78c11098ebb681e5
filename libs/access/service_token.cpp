#include "libs/access/service_token.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <optional>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/base64url.h"
#include "libs/base/check.h"
#include "libs/base/strings.h"

namespace guildhall::access {
namespace {

constexpr std::size_t kMinimumKeyBytes = 32;
constexpr std::size_t kMaximumTokenBytes = 512;
constexpr char kVersion[] = "s1";  // also keeps this HMAC apart from any other use of the key

std::string Mac(const ServiceKey& key, std::string_view text) {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  GUILDHALL_CHECK(HMAC(EVP_sha256(), key.secret().data(), static_cast<int>(key.secret().size()),
                       reinterpret_cast<const unsigned char*>(text.data()), text.size(), out,
                       &size) != nullptr);
  return std::string(reinterpret_cast<const char*>(out), size);
}

bool IsServiceName(std::string_view name) {
  if (name.empty() || name.size() > 64) return false;
  for (const char c : name) {
    if (!((c >= 'a' && c <= 'z') || c == '_')) return false;
  }
  return true;
}

// The caller that the token proves, if it does: "s1.<caller>.<audience>.<unix seconds>.<mac>".
std::optional<std::string> Verified(const ServiceKey& key, std::string_view token,
                                    std::string_view audience, absl::Time now) {
  if (token.size() > kMaximumTokenBytes) return std::nullopt;
  const std::size_t end = token.rfind('.');
  if (end == std::string_view::npos) return std::nullopt;
  const std::optional<std::string> mac = Base64UrlDecode(token.substr(end + 1));
  const std::string due = Mac(key, token.substr(0, end));
  if (!mac || mac->size() != due.size() ||
      CRYPTO_memcmp(mac->data(), due.data(), due.size()) != 0) {
    return std::nullopt;
  }
  const std::vector<std::string> parts = absl::StrSplit(Absl(token.substr(0, end)), '.');
  std::int64_t issued = 0;
  if (parts.size() != 4 || parts[0] != kVersion || !IsServiceName(parts[1]) ||
      parts[2] != audience || !absl::SimpleAtoi(parts[3], &issued)) {
    return std::nullopt;
  }
  const absl::Time start = absl::FromUnixSeconds(issued);
  if (start > now + kClockSkew || start + kServiceTokenLife <= now) return std::nullopt;
  return parts[1];
}

}  // namespace

absl::StatusOr<ServiceKey> ServiceKey::FromSecret(std::string_view secret) {
  if (secret.size() < kMinimumKeyBytes) {
    return absl::InvalidArgumentError("The service key has less than 32 bytes.");
  }
  return ServiceKey(secret);
}

std::string MintServiceToken(const ServiceKey& key, std::string_view caller,
                             std::string_view audience, absl::Time now) {
  GUILDHALL_CHECK(IsServiceName(caller) && IsServiceName(audience));
  std::string token =
      absl::StrCat(kVersion, ".", Absl(caller), ".", Absl(audience), ".", absl::ToUnixSeconds(now));
  absl::StrAppend(&token, ".", Base64UrlEncode(Mac(key, token)));
  return token;
}

absl::StatusOr<std::string> VerifyServiceToken(const ServiceKey& key, std::string_view token,
                                               std::string_view audience, absl::Time now) {
  if (std::optional<std::string> caller = Verified(key, token, audience, now)) {
    return *std::move(caller);
  }
  return Refusal(policy::reasons::kTokenInvalid, "The service token does not hold.");
}

}  // namespace guildhall::access
