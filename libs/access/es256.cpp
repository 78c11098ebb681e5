#include "libs/access/es256.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

#include "absl/strings/str_cat.h"
#include "libs/base/base64url.h"
#include "libs/base/check.h"

namespace guildhall::access {
namespace {

constexpr char kCurve[] = "P-256";
constexpr int kCoordinateBytes = 32;

template <auto Free>
struct Freed {
  template <typename T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};
template <typename T, auto Free>
using Owned = std::unique_ptr<T, Freed<Free>>;

using Context = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using Digest = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using Signature = Owned<ECDSA_SIG, ECDSA_SIG_free>;

std::shared_ptr<EVP_PKEY> Share(EVP_PKEY* key) { return {key, EVP_PKEY_free}; }

const unsigned char* Data(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

bool IsP256(const EVP_PKEY* key) {
  char group[32] = {};
  return EVP_PKEY_is_a(key, "EC") &&
         EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) == 1 &&
         std::string_view(group) == "prime256v1";
}

std::string Coordinate(const EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  GUILDHALL_CHECK(EVP_PKEY_get_bn_param(key, name, &number) == 1);
  const Owned<BIGNUM, BN_free> owned(number);
  std::string bytes(kCoordinateBytes, '\0');
  GUILDHALL_CHECK(BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()),
                               kCoordinateBytes) == kCoordinateBytes);
  return bytes;
}

PublicKey PublicPart(const EVP_PKEY* key) {
  PublicKey out;
  out.x = Coordinate(key, OSSL_PKEY_PARAM_EC_PUB_X);
  out.y = Coordinate(key, OSSL_PKEY_PARAM_EC_PUB_Y);
  out.key_id = Thumbprint(out.x, out.y);
  return out;
}

// The DER form that OpenSSL wants; empty for a signature of another size.
std::string ToDer(std::string_view raw) {
  if (raw.size() != 2 * kCoordinateBytes) return {};
  const Signature signature(ECDSA_SIG_new());
  BIGNUM* r = BN_bin2bn(Data(raw), kCoordinateBytes, nullptr);
  BIGNUM* s = BN_bin2bn(Data(raw) + kCoordinateBytes, kCoordinateBytes, nullptr);
  GUILDHALL_CHECK(ECDSA_SIG_set0(signature.get(), r, s) == 1);
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(signature.get(), &der);
  GUILDHALL_CHECK(size > 0);
  std::string out(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return out;
}

std::string ToRaw(std::string_view der) {
  const unsigned char* at = Data(der);
  const Signature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  GUILDHALL_CHECK(signature != nullptr);
  std::string raw(2 * kCoordinateBytes, '\0');
  auto* out = reinterpret_cast<unsigned char*>(raw.data());
  GUILDHALL_CHECK(BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out, kCoordinateBytes) > 0);
  GUILDHALL_CHECK(BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out + kCoordinateBytes,
                               kCoordinateBytes) > 0);
  return raw;
}

}  // namespace

std::string Thumbprint(std::string_view x, std::string_view y) {
  const std::string json = absl::StrCat(R"({"crv":"P-256","kty":"EC","x":")", Base64UrlEncode(x),
                                        R"(","y":")", Base64UrlEncode(y), R"("})");
  unsigned char hash[SHA256_DIGEST_LENGTH];
  SHA256(Data(json), json.size(), hash);
  return Base64UrlEncode({reinterpret_cast<const char*>(hash), sizeof hash});
}

absl::StatusOr<VerifyingKey> VerifyingKey::FromPublicKey(const PublicKey& key) {
  const absl::Status refused = absl::InvalidArgumentError("No P-256 public key.");
  if (key.x.size() != kCoordinateBytes || key.y.size() != kCoordinateBytes ||
      key.key_id != Thumbprint(key.x, key.y)) {
    return refused;
  }
  const std::string point = absl::StrCat("\x04", key.x, key.y);
  const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> build(OSSL_PARAM_BLD_new());
  GUILDHALL_CHECK(
      OSSL_PARAM_BLD_push_utf8_string(build.get(), OSSL_PKEY_PARAM_GROUP_NAME, kCurve, 0) == 1 &&
      OSSL_PARAM_BLD_push_octet_string(build.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                       point.size()) == 1);
  const Owned<OSSL_PARAM, OSSL_PARAM_free> params(OSSL_PARAM_BLD_to_param(build.get()));
  const Context context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* made = nullptr;
  GUILDHALL_CHECK(EVP_PKEY_fromdata_init(context.get()) == 1);
  if (EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
    return refused;
  }
  std::shared_ptr<EVP_PKEY> owned = Share(made);
  const Context check(EVP_PKEY_CTX_new_from_pkey(nullptr, made, nullptr));
  if (EVP_PKEY_public_check(check.get()) != 1) return refused;
  return VerifyingKey(std::move(owned));
}

bool VerifyingKey::Verifies(std::string_view message, std::string_view signature) const {
  const std::string der = ToDer(signature);
  if (der.empty()) return false;
  const Digest digest(EVP_MD_CTX_new());
  GUILDHALL_CHECK(EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, key_.get()) ==
                  1);
  return EVP_DigestVerify(digest.get(), Data(der), der.size(), Data(message), message.size()) == 1;
}

SigningKey::SigningKey(std::shared_ptr<EVP_PKEY> key)
    : key_(std::move(key)), public_key_(PublicPart(key_.get())) {}

SigningKey SigningKey::Generate() {
  EVP_PKEY* key = EVP_EC_gen(kCurve);
  GUILDHALL_CHECK(key != nullptr);
  return SigningKey(Share(key));
}

absl::StatusOr<SigningKey> SigningKey::FromPrivateBytes(std::string_view der) {
  const unsigned char* at = Data(der);
  const Owned<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free> info(
      d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(der.size())));
  EVP_PKEY* key = info ? EVP_PKCS82PKEY(info.get()) : nullptr;
  if (key == nullptr) return absl::InvalidArgumentError("No PKCS #8 private key.");
  std::shared_ptr<EVP_PKEY> owned = Share(key);
  if (!IsP256(key)) return absl::InvalidArgumentError("No private key on P-256.");
  return SigningKey(std::move(owned));
}

std::string SigningKey::ToPrivateBytes() const {
  const Owned<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free> info(EVP_PKEY2PKCS8(key_.get()));
  GUILDHALL_CHECK(info != nullptr);
  unsigned char* der = nullptr;
  const int size = i2d_PKCS8_PRIV_KEY_INFO(info.get(), &der);
  GUILDHALL_CHECK(size > 0);
  std::string out(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_clear_free(der, static_cast<std::size_t>(size));
  return out;
}

std::string SigningKey::Sign(std::string_view message) const {
  const Digest digest(EVP_MD_CTX_new());
  GUILDHALL_CHECK(EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key_.get()) ==
                  1);
  unsigned char der[80];  // two numbers of 32 bytes in DER take at most 72
  std::size_t size = sizeof der;
  GUILDHALL_CHECK(EVP_DigestSign(digest.get(), der, &size, Data(message), message.size()) == 1);
  return ToRaw({reinterpret_cast<const char*>(der), size});
}

}  // namespace guildhall::access
