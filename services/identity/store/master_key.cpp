#include "services/identity/store/master_key.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <memory>
#include <optional>

#include "absl/strings/str_cat.h"
#include "libs/base/base64url.h"
#include "libs/base/check.h"
#include "libs/base/strings.h"

namespace guildhall::identity {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kNonceBytes = 12;  // NIST SP 800-38D section 5.2.1.1
constexpr std::size_t kTagBytes = 16;
// The first byte of what is sealed, so that another construction can follow.
constexpr char kVersion = 1;

using Hash = std::array<std::uint8_t, 32>;

const unsigned char* In(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Out(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

Hash Hmac(std::string_view key, std::string_view text) {
  Hash out;
  unsigned int size = 0;
  GUILDHALL_CHECK(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), In(text),
                       text.size(), out.data(), &size) != nullptr);
  return out;
}

std::string Derive(std::string_view master, std::string_view purpose) {
  const Hash hash = Hmac(master, purpose);
  return std::string(reinterpret_cast<const char*>(hash.data()), hash.size());
}

// AES-256-GCM in one direction or the other.
class Cipher {
 public:
  Cipher(std::string_view key, std::string_view nonce, std::string_view context, bool encrypt)
      : context_(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free) {
    int size = 0;
    GUILDHALL_CHECK(EVP_CipherInit_ex(context_.get(), EVP_aes_256_gcm(), nullptr, In(key),
                                      In(nonce), encrypt ? 1 : 0) == 1 &&
                    EVP_CipherUpdate(context_.get(), nullptr, &size, In(context),
                                     static_cast<int>(context.size())) == 1);
  }

  std::string Run(std::string_view text) {
    std::string out(text.size(), '\0');
    int size = 0;
    GUILDHALL_CHECK(EVP_CipherUpdate(context_.get(), Out(out), &size, In(text),
                                     static_cast<int>(text.size())) == 1);
    return out;
  }

  std::string Tag() {
    std::string tag(kTagBytes, '\0');
    int size = 0;
    GUILDHALL_CHECK(
        EVP_CipherFinal_ex(context_.get(), Out(tag), &size) == 1 &&
        EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, tag.data()) == 1);
    return tag;
  }

  bool HasTag(std::string tag) {
    unsigned char nothing[kTagBytes];
    int size = 0;
    GUILDHALL_CHECK(
        EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data()) == 1);
    return EVP_CipherFinal_ex(context_.get(), nothing, &size) == 1;
  }

 private:
  std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context_;
};

}  // namespace

MasterKey::MasterKey(std::string_view bytes)
    : sealing_key_(Derive(bytes, "seal")), hashing_key_(Derive(bytes, "fingerprint")) {}

absl::StatusOr<MasterKey> MasterKey::FromText(std::string_view text) {
  const std::optional<std::string> bytes = Base64UrlDecode(text);
  if (!bytes || bytes->size() != kKeyBytes) {
    return absl::InvalidArgumentError(
        "The setting master_key takes 32 random bytes in base64url without padding "
        "(43 characters), such as `openssl rand 32 | basenc --base64url | tr -d =` makes.");
  }
  return MasterKey(*bytes);
}

std::string MasterKey::Seal(std::string_view secret, std::string_view context,
                            Random& random) const {
  std::string nonce(kNonceBytes, '\0');
  random.Fill({Out(nonce), nonce.size()});
  Cipher cipher(sealing_key_, nonce, context, true);
  const std::string text = cipher.Run(secret);
  return absl::StrCat(std::string(1, kVersion), nonce, text, cipher.Tag());
}

absl::StatusOr<std::string> MasterKey::Open(std::string_view sealed,
                                            std::string_view context) const {
  const absl::Status refused = absl::FailedPreconditionError(
      "A sealed value does not open: it was sealed under another master_key, or is damaged.");
  if (sealed.size() < 1 + kNonceBytes + kTagBytes || sealed[0] != kVersion) return refused;
  sealed.remove_prefix(1);
  Cipher cipher(sealing_key_, sealed.substr(0, kNonceBytes), context, false);
  sealed.remove_prefix(kNonceBytes);
  std::string secret = cipher.Run(sealed.substr(0, sealed.size() - kTagBytes));
  if (!cipher.HasTag(std::string(sealed.substr(sealed.size() - kTagBytes)))) return refused;
  return secret;
}

Hash MasterKey::Fingerprint(std::string_view purpose, std::string_view text) const {
  const Hash scoped = Hmac(hashing_key_, purpose);
  return Hmac({reinterpret_cast<const char*>(scoped.data()), scoped.size()}, text);
}

}  // namespace guildhall::identity
