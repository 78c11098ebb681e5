#include "libs/base/uuid.h"

#include <openssl/sha.h>

#include <algorithm>
#include <span>

namespace guildhall {
namespace {

constexpr char kHex[] = "0123456789abcdef";

bool IsHyphenPlace(std::size_t i) { return i == 8 || i == 13 || i == 18 || i == 23; }

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// Lays out a UUID as RFC 9562 sections 5.7 and 5.8 do: 48 bits of time, version, rest, variant.
Uuid Stamp(absl::Time time, std::uint8_t version, std::span<const std::uint8_t, 10> rest) {
  Uuid uuid;
  const auto ms = static_cast<std::uint64_t>(absl::ToUnixMillis(time));
  for (int i = 0; i < 6; ++i) uuid.bytes[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  std::copy(rest.begin(), rest.end(), uuid.bytes.begin() + 6);
  uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0F) | (version << 4));
  uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3F) | 0x80);
  return uuid;
}

}  // namespace

std::string Uuid::ToString() const {
  // Most of what is answered is names: the hyphens lie ready, each byte knows its place.
  static constexpr std::uint8_t kPlaces[16] = {0,  2,  4,  6,  9,  11, 14, 16,
                                               19, 21, 24, 26, 28, 30, 32, 34};
  char text[] = "........-....-....-....-............";
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    text[kPlaces[i]] = kHex[bytes[i] >> 4];
    text[kPlaces[i] + 1] = kHex[bytes[i] & 15];
  }
  return {text, sizeof(text) - 1};
}

std::optional<Uuid> Uuid::Parse(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  Uuid uuid;
  std::size_t digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (IsHyphenPlace(i)) {
      if (text[i] != '-') return std::nullopt;
      continue;
    }
    const int value = HexValue(text[i]);
    if (value < 0) return std::nullopt;
    std::uint8_t& byte = uuid.bytes[digits++ / 2];
    byte = static_cast<std::uint8_t>((byte << 4) | value);
  }
  return uuid;
}

Uuid NewUuidV7(absl::Time now, Random& random) {
  std::array<std::uint8_t, 10> rest;
  random.Fill(rest);
  return Stamp(now, 7, rest);
}

Uuid ImportedUuid(absl::Time time, std::string_view source, std::string_view type,
                  std::string_view key) {
  std::string subject;
  for (std::string_view part : {source, type, key}) {
    subject.append(part).push_back('\0');
  }
  std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest;
  SHA256(reinterpret_cast<const std::uint8_t*>(subject.data()), subject.size(), digest.data());
  return Stamp(time, 8, std::span<const std::uint8_t, 10>(digest.data(), 10));
}

}  // namespace guildhall
