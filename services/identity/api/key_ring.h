#pragma once

#include <memory>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "libs/access/token.h"

namespace guildhall::identity {

// The signing keys of this process, in memory. Thread-safe; filled by workers/key_rotation.
class KeyRing {
 public:
  struct Key {
    absl::Time sign_from;
    std::shared_ptr<const access::TokenSigner> signer;
  };

  // Puts `keys` in place of the present ones.
  void Replace(std::vector<Key> keys);

  // The key that signs at `now`; null when there is none yet.
  std::shared_ptr<const access::TokenSigner> Current(absl::Time now) const;

  // All of them: past, present and next.
  std::vector<access::PublicKey> PublicKeys() const;

 private:
  mutable absl::Mutex mutex_;
  std::vector<Key> keys_;
};

}  // namespace guildhall::identity
