#include "libs/cache/shared_store.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/check.h"
#include "libs/base/strings.h"

namespace guildhall::cache {
namespace {

// Of the secret that services share, so that no other use of it seals replies.
std::string KeyFrom(std::string_view secret) {
  constexpr std::string_view kUse = "guildhall cached replies";
  unsigned char key[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  GUILDHALL_CHECK(HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
                       reinterpret_cast<const unsigned char*>(kUse.data()), kUse.size(), key,
                       &size) != nullptr);
  return std::string(reinterpret_cast<const char*>(key), size);
}

constexpr std::size_t kMacBytes = 16;
constexpr std::size_t kIdBytes = 16;
constexpr std::size_t kHeadBytes = kMacBytes + sizeof(std::uint64_t) + 2 * kIdBytes;

telemetry::Counter& Outcome(telemetry::Metrics& metrics, const char* outcome) {
  return metrics.CounterOf(
      "guildhall_cache_shared_total",
      "Replies looked for in Redis: given out (used), not there (absent), outdated by a change "
      "(refused), altered or not ours (damaged), Redis away or slow (away).",
      {{"outcome", outcome}});
}

// Of the name and whatever stands behind the seal.
std::string Mac(std::string_view key, std::string_view name, std::string_view rest) {
  std::string sealed;
  sealed.reserve(name.size() + 1 + rest.size());
  sealed.append(name).push_back('\0');  // no name holds one
  sealed.append(rest);
  unsigned char mac[EVP_MAX_MD_SIZE];
  GUILDHALL_CHECK(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                       reinterpret_cast<const unsigned char*>(sealed.data()), sealed.size(), mac,
                       nullptr) != nullptr);
  return std::string(reinterpret_cast<const char*>(mac), kMacBytes);
}

void AppendId(std::string& out, const Uuid& id) {
  out.append(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
}

Uuid IdAt(std::string_view bytes, std::size_t at) {
  Uuid id;
  for (std::size_t i = 0; i < kIdBytes; ++i) id.bytes[i] = static_cast<std::uint8_t>(bytes[at + i]);
  return id;
}

}  // namespace

std::string Seal(std::string_view key, std::string_view name, const SharedEntry& entry) {
  std::string rest;
  rest.reserve(kHeadBytes + entry.reply->bytes.size());
  for (int shift = 56; shift >= 0; shift -= 8) {
    rest.push_back(static_cast<char>(entry.horizon >> shift));
  }
  AppendId(rest, entry.reply->community.uuid());
  AppendId(rest, entry.reply->author.uuid());
  rest.append(entry.reply->bytes);
  return Mac(key, name, rest) + rest;
}

std::optional<SharedEntry> Open(std::string_view key, std::string_view name,
                                std::string_view sealed) {
  if (sealed.size() < kHeadBytes) return std::nullopt;
  const std::string mac = Mac(key, name, sealed.substr(kMacBytes));
  if (CRYPTO_memcmp(mac.data(), sealed.data(), kMacBytes) != 0) return std::nullopt;
  SharedEntry entry;
  for (std::size_t i = 0; i < sizeof(entry.horizon); ++i) {
    entry.horizon = entry.horizon << 8 | static_cast<std::uint8_t>(sealed[kMacBytes + i]);
  }
  const std::size_t ids = kMacBytes + sizeof(entry.horizon);
  entry.reply =
      std::make_shared<const Reply>(Reply{.bytes = std::string(sealed.substr(kHeadBytes)),
                                          .community = CommunityId(IdAt(sealed, ids)),
                                          .author = MemberId(IdAt(sealed, ids + kIdBytes))});
  return entry;
}

SharedStore::SharedStore(Sharing sharing, telemetry::Metrics& metrics)
    : name_(std::move(sharing.name)),
      key_(KeyFrom(sharing.secret)),
      patience_(sharing.patience),
      used_(Outcome(metrics, "used")),
      absent_(Outcome(metrics, "absent")),
      refused_(Outcome(metrics, "refused")),
      damaged_(Outcome(metrics, "damaged")),
      away_(Outcome(metrics, "away")),
      pipe_(std::move(sharing.redis), "cache", &metrics) {}

std::string SharedStore::NameOf(const Method& method, const Key& key, std::int64_t server) const {
  return absl::StrCat("guildhall:reply:", name_, ":", server, ":", method.name, ":",
                      key.id.ToString(), ":", key.part.IsNil() ? "" : key.part.ToString(), ":",
                      key.parameters);
}

void SharedStore::Get(const Method& method, const Key& key, std::int64_t server, Got got) {
  const std::string name = NameOf(method, key, server);
  const auto opened = [this, name, got](const absl::StatusOr<redis::Reply>& reply) {
    if (!reply.ok() || reply->is_error()) {
      away_.Increment();
      return got(std::nullopt);
    }
    if (!reply->is_string()) {
      absent_.Increment();
      return got(std::nullopt);
    }
    std::optional<SharedEntry> entry = Open(key_, name, reply->text);
    if (!entry) damaged_.Increment();
    got(std::move(entry));
  };
  const absl::Status asked =
      pipe_.Ask(redis::Command("GET", name), Deadline::After(patience_), opened);
  if (!asked.ok()) opened(asked);
}

void SharedStore::Put(const Method& method, const Key& key, std::int64_t server,
                      const SharedEntry& entry) {
  const std::string name = NameOf(method, key, server);
  const std::string stays = absl::StrCat(absl::ToInt64Milliseconds(kStays));
  // Whether it arrives is of no consequence.
  (void)pipe_.Ask(redis::Command("SET", name, Seal(key_, name, entry), "PX", stays),
                  Deadline::After(patience_), [](const absl::StatusOr<redis::Reply>&) {});
}

}  // namespace guildhall::cache
