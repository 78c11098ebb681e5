#include "libs/access/key_set.h"

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "libs/base/strings.h"

namespace guildhall::access {

struct KeySet::State {
  using Keys = absl::flat_hash_map<std::string, std::shared_ptr<const VerifyingKey>>;

  absl::Mutex mutex;
  Keys keys;
  bool loaded = false;
  std::uint64_t generation = 0;
  bool fetching = false;
  absl::Duration next_fetch = -absl::InfiniteDuration();

  void Replace(std::span<const PublicKey> fresh) {
    Keys made;
    for (const PublicKey& key : fresh) {
      auto verifying = VerifyingKey::FromPublicKey(key);
      if (!verifying.ok()) continue;
      made[key.key_id] = std::make_shared<const VerifyingKey>(*std::move(verifying));
    }
    const absl::MutexLock lock(&mutex);
    for (const auto& [id, key] : keys) {
      if (!made.contains(id)) {
        ++generation;
        break;
      }
    }
    keys = std::move(made);
    loaded = true;
  }
};

KeySet::KeySet(Fetch fetch) : state_(std::make_shared<State>()), fetch_(std::move(fetch)) {}

void KeySet::Replace(std::span<const PublicKey> keys) { state_->Replace(keys); }

void KeySet::RefreshIfDue(absl::Duration monotonic) {
  if (!fetch_) return;
  {
    const absl::MutexLock lock(&state_->mutex);
    if (state_->fetching || monotonic < state_->next_fetch) return;
    state_->fetching = true;
    state_->next_fetch = monotonic + kFetchEvery;
  }
  fetch_([state = state_, monotonic](absl::StatusOr<std::vector<PublicKey>> keys) {
    if (keys.ok()) state->Replace(*keys);
    const absl::MutexLock lock(&state->mutex);
    state->fetching = false;
    if (!keys.ok()) state->next_fetch = monotonic + kFetchAgain;
  });
}

std::shared_ptr<const VerifyingKey> KeySet::Find(std::string_view key_id) const {
  const absl::MutexLock lock(&state_->mutex);
  const auto found = state_->keys.find(Absl(key_id));
  return found == state_->keys.end() ? nullptr : found->second;
}

bool KeySet::loaded() const {
  const absl::MutexLock lock(&state_->mutex);
  return state_->loaded;
}

std::uint64_t KeySet::generation() const {
  const absl::MutexLock lock(&state_->mutex);
  return state_->generation;
}

}  // namespace guildhall::access
