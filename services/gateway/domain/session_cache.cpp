#include "services/gateway/domain/session_cache.h"

#include <cstring>

namespace guildhall::gateway {

std::size_t DigestHash::operator()(const SecretDigest& digest) const {
  std::size_t hash;
  std::memcpy(&hash, digest.data(), sizeof hash);
  return hash;
}

std::shared_ptr<const SessionTokens> SessionCache::Find(const SecretDigest& secret,
                                                        absl::Time until) {
  const auto found = by_secret_.find(secret);
  if (found == by_secret_.end()) return nullptr;
  if (found->second->tokens->expire_time < until) {
    Drop(secret);
    return nullptr;
  }
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->tokens;
}

void SessionCache::Put(const SecretDigest& secret, std::shared_ptr<const SessionTokens> tokens) {
  Drop(secret);
  if (capacity_ == 0) return;
  if (entries_.size() == capacity_) {
    by_secret_.erase(entries_.back().secret);
    entries_.pop_back();
  }
  entries_.push_front({secret, std::move(tokens)});
  by_secret_[secret] = entries_.begin();
}

void SessionCache::Drop(const SecretDigest& secret) {
  const auto found = by_secret_.find(secret);
  if (found == by_secret_.end()) return;
  entries_.erase(found->second);
  by_secret_.erase(found);
}

void SessionCache::Drop(const SecretDigest& secret, const SessionTokens& tokens) {
  const auto found = by_secret_.find(secret);
  if (found != by_secret_.end() && found->second->tokens.get() == &tokens) Drop(secret);
}

}  // namespace guildhall::gateway
