#pragma once

#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"
#include "libs/postgres/database.h"
#include "services/identity/store/secret.h"

namespace guildhall::identity {

// Secrets that may be shown once, by their hashes (HashOfSecret). All fail with DEPENDENCY_AWAY,
// DEADLINE_PASSED or CANCELLED.

struct OneTimeSecret {
  SecretKind kind = {};
  std::optional<MemberId> account;  // whose it is, where that is known before
  absl::Time create_time;
  absl::Time expire_time;
};

// Keeps one.
void InsertOneTimeSecret(postgres::Work& work, const OneTimeSecret& secret,
                         std::string_view secret_hash);

// Ends those of a kind that an account has.
void DeleteOneTimeSecrets(postgres::Work& work, SecretKind kind, MemberId account);

// One that holds; nothing when it does not.
struct HeldSecret {
  std::optional<MemberId> account;  // for which it is, if for one
};
absl::StatusOr<std::optional<HeldSecret>> PeekOneTimeSecret(postgres::Database& database,
                                                            const postgres::Context& context,
                                                            SecretKind kind,
                                                            std::string_view secret_hash,
                                                            absl::Time now);

// Whether the first administrator needs a secret: nobody administers, nor may by a secret that
// holds. Read by itself, and where nobody else makes one meanwhile.
absl::StatusOr<bool> NeedsFirstAdministrator(postgres::Database& database,
                                             const postgres::Context& context, absl::Time now);
absl::StatusOr<bool> LockIfFirstAdministratorNeeded(postgres::Work& work, absl::Time now);

// Uses one up and says when it was issued; nothing when it did not hold. Of two who show it at
// once, one is told so.
absl::StatusOr<std::optional<absl::Time>> SpendOneTimeSecret(postgres::Work& work, SecretKind kind,
                                                             std::string_view secret_hash,
                                                             absl::Time now);

}  // namespace guildhall::identity
