#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/es256.h"
#include "libs/postgres/database.h"

namespace guildhall::identity {

// A key as it is stored.
struct StoredKey {
  access::PublicKey public_key;
  std::string sealed_private_key;
  absl::Time sign_from;
};

// All fail with DEPENDENCY_AWAY, DEADLINE_PASSED or CANCELLED.

absl::StatusOr<std::vector<StoredKey>> ListKeys(postgres::Database& database,
                                                const postgres::Context& context);

// Waits for the right to change the keys and lists them. Fails also with BUSY.
absl::StatusOr<std::vector<StoredKey>> LockKeys(postgres::Work& work);

void InsertKey(postgres::Work& work, const StoredKey& key, absl::Time now);
void DeleteKeys(postgres::Work& work, const std::vector<std::string>& key_ids);

}  // namespace guildhall::identity
