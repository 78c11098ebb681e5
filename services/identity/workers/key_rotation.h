#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/access/key_set.h"
#include "libs/base/random.h"
#include "libs/postgres/database.h"
#include "services/identity/api/key_ring.h"
#include "services/identity/store/key_store.h"
#include "services/identity/store/master_key.h"

namespace guildhall::identity {

// Keeps the signing keys: makes the next one, drops the ones that nothing valid was signed with,
// and brings what other processes made into this one's memory. See domain/key_schedule.h.
class KeyRotation {
 public:
  // How often RunOnce is due: far less than the month that a next key is known before it signs.
  static constexpr absl::Duration kEvery = absl::Minutes(1);

  // Fills `ring`, by which this process signs, and `own`, by which it verifies. All outlive it.
  KeyRotation(postgres::Database& database, const MasterKey& master_key, std::string issuer,
              Random& random, KeyRing& ring, access::KeySet& own)
      : database_(database),
        master_key_(master_key),
        issuer_(std::move(issuer)),
        random_(random),
        ring_(ring),
        own_(own) {}

  // At start and then every kEvery. Several processes agree: changes are made under a row's lock,
  // after looking again. Fails with FAILED_PRECONDITION when the stored keys were sealed under
  // another master key; with DEPENDENCY_AWAY and the like the present keys stay. Safe to repeat.
  // Cost: one read of three rows; twice a month a transaction.
  absl::Status RunOnce(absl::Time now);

 private:
  absl::StatusOr<std::vector<StoredKey>> Rotate(const postgres::Context& context, absl::Time now);
  StoredKey NewKey(absl::Time sign_from);
  absl::Status Load(const std::vector<StoredKey>& keys);

  postgres::Database& database_;
  const MasterKey& master_key_;
  const std::string issuer_;
  Random& random_;
  KeyRing& ring_;
  access::KeySet& own_;
};

}  // namespace guildhall::identity
