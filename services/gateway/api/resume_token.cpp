#include "services/gateway/api/resume_token.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <memory>

#include "libs/base/base64url.h"
#include "libs/base/check.h"

namespace guildhall::gateway {
namespace {

constexpr std::string_view kPurpose = "guildhall gateway resume token 1";
constexpr std::size_t kTag = 16;
constexpr std::size_t kPosition = 16 + 8 + 8;
constexpr std::size_t kPlace = 8 + 8;
// Of gateways of before, which told every vote.
constexpr std::size_t kPlainBefore = kPosition * kLogs;
constexpr std::size_t kPlain = kPlainBefore + kPlace;
constexpr std::size_t kNonce = std::tuple_size_v<ResumeTokens::Nonce>;
constexpr std::size_t Base64Size(std::size_t plain) {
  return ((kNonce + plain + kTag) * 4 + 2) / 3;
}
static_assert(ResumeTokens::kSize == Base64Size(kPlain));

using Plain = std::array<std::uint8_t, kPlain>;

void Put(std::uint64_t value, std::uint8_t* out) {
  for (int i = 0; i < 8; ++i) out[i] = static_cast<std::uint8_t>(value >> (56 - 8 * i));
}

std::uint64_t Get(const std::uint8_t* in) {
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | in[i];
  return value;
}

void Put(const Place& place, std::uint8_t* out) {
  Put(place.xid, out);
  Put(static_cast<std::uint64_t>(place.n), out + 8);
}

Place PlaceAt(const std::uint8_t* in) { return {Get(in), static_cast<std::int64_t>(Get(in + 8))}; }

Plain Flatten(const Positions& positions) {
  Plain plain;
  std::uint8_t* out = plain.data();
  for (std::size_t i = 0; i < kLogs; ++i, out += kPosition) {
    const LogPosition& position = positions[static_cast<Log>(i)];
    std::copy(position.incarnation.bytes.begin(), position.incarnation.bytes.end(), out);
    Put(position.place, out + 16);
  }
  Put(positions.votes, out);
  return plain;
}

Positions Unflatten(const Plain& plain, std::size_t size) {
  Positions positions;
  const std::uint8_t* in = plain.data();
  for (std::size_t i = 0; i < kLogs; ++i, in += kPosition) {
    LogPosition& position = positions[static_cast<Log>(i)];
    std::copy(in, in + 16, position.incarnation.bytes.begin());
    position.place = PlaceAt(in + 16);
  }
  positions.votes = size == kPlain ? PlaceAt(in) : positions[Log::kDiscussions].place;
  return positions;
}

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

}  // namespace

ResumeTokens::ResumeTokens(std::string_view secret) {
  unsigned size = 0;
  const auto* const made = HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
                                reinterpret_cast<const unsigned char*>(kPurpose.data()),
                                kPurpose.size(), key_.data(), &size);
  GUILDHALL_CHECK(made != nullptr && size == key_.size());
}

std::string ResumeTokens::Seal(const Positions& positions, const Nonce& nonce) const {
  const Plain plain = Flatten(positions);
  std::string sealed(kNonce + kPlain + kTag, '\0');
  auto* const out = reinterpret_cast<unsigned char*>(sealed.data());
  std::copy(nonce.begin(), nonce.end(), out);
  const Context context(EVP_CIPHER_CTX_new());
  int size = 0;
  GUILDHALL_CHECK(
      EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key_.data(), nonce.data()) &&
      EVP_EncryptUpdate(context.get(), out + kNonce, &size, plain.data(), kPlain) &&
      EVP_EncryptFinal_ex(context.get(), out + kNonce + size, &size) &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTag, out + kNonce + kPlain));
  return Base64UrlEncode(sealed);
}

std::optional<Positions> ResumeTokens::Open(std::string_view token) const {
  if (token.size() != kSize && token.size() != Base64Size(kPlainBefore)) return std::nullopt;
  std::optional<std::string> sealed = Base64UrlDecode(token);
  if (!sealed) return std::nullopt;
  auto* const in = reinterpret_cast<unsigned char*>(sealed->data());
  const std::size_t plain_size = sealed->size() - kNonce - kTag;
  Plain plain;
  const Context context(EVP_CIPHER_CTX_new());
  int size = 0;
  const bool genuine =
      EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key_.data(), in) &&
      EVP_DecryptUpdate(context.get(), plain.data(), &size, in + kNonce,
                        static_cast<int>(plain_size)) &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTag, in + kNonce + plain_size) &&
      EVP_DecryptFinal_ex(context.get(), plain.data() + size, &size) > 0;
  if (!genuine) return std::nullopt;
  return Unflatten(plain, plain_size);
}

}  // namespace guildhall::gateway
