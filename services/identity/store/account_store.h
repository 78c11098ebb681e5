#pragma once

#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/identity/domain/account.h"

namespace guildhall::identity {

// All fail with DEPENDENCY_AWAY, DEADLINE_PASSED or CANCELLED; those that lock also with BUSY.

// What a sign-in is checked against.
struct Credentials {
  std::optional<Account> account;  // nothing when none has this address
  bool familiar = false;           // the account has ever had a session from the place asked about
  bool members_place = false;      // any account has
};

// By an address and a place; an empty place is nobody's. One row.
absl::StatusOr<Credentials> GetCredentials(postgres::Database& database,
                                           const postgres::Context& context, std::string_view email,
                                           std::string_view place);

// The account of the caller; nothing when it has none (a member that was imported). One row.
absl::StatusOr<std::optional<Account>> GetOwnAccount(postgres::Database& database,
                                                     const postgres::Context& context,
                                                     const access::Grant& grant);

// Whether an account has ever had a session from a place; an empty one is nobody's.
absl::StatusOr<bool> HasSessionFrom(postgres::Database& database, const postgres::Context& context,
                                    MemberId account, std::string_view place);

// Holds the account until the transaction ends.
absl::StatusOr<std::optional<Account>> LockAccount(postgres::Work& work, MemberId id);

// Opens an account. Fails also with EMAIL_TAKEN.
absl::Status InsertAccount(postgres::Work& work, const Account& account);

// Stores another hash for a locked account.
void UpdatePassword(postgres::Work& work, MemberId id, const PasswordHash& hash);

}  // namespace guildhall::identity
