#include "services/identity/api/key_ring.h"

#include <utility>

#include "services/identity/domain/key_schedule.h"

namespace guildhall::identity {

void KeyRing::Replace(std::vector<Key> keys) {
  const absl::MutexLock lock(&mutex_);
  keys_ = std::move(keys);
}

std::shared_ptr<const access::TokenSigner> KeyRing::Current(absl::Time now) const {
  const absl::MutexLock lock(&mutex_);
  std::vector<ScheduledKey> schedule;
  for (const Key& key : keys_) schedule.push_back({key.signer->public_key().key_id, key.sign_from});
  const std::optional<std::string> current = CurrentKey(schedule, now);
  for (const Key& key : keys_) {
    if (key.signer->public_key().key_id == current) return key.signer;
  }
  return nullptr;
}

std::vector<access::PublicKey> KeyRing::PublicKeys() const {
  const absl::MutexLock lock(&mutex_);
  std::vector<access::PublicKey> out;
  for (const Key& key : keys_) out.push_back(key.signer->public_key());
  return out;
}

}  // namespace guildhall::identity
