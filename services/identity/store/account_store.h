#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/identity/domain/account.h"
#include "services/identity/store/one_time_secret_store.h"

namespace guildhall::identity {

// All fail with DEPENDENCY_AWAY, DEADLINE_PASSED or CANCELLED; those that lock also with BUSY.

// What a sign-in is checked against.
struct Credentials {
  std::optional<Account> account;  // nothing when none has this address
  bool familiar = false;           // the account has ever had a session from the place asked about
  bool members_place = false;      // any account has
  // When its password was last set by a reset, of the last kPasswordResetsKept.
  std::optional<absl::Time> reset_time;
};

// Where a list of accounts goes on, in either order.
struct AccountPosition {
  std::string display_name;
  absl::Time create_time = absl::InfiniteFuture();
  MemberId id;
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

// The same for the account of an address.
absl::StatusOr<std::optional<Account>> LockAccountOfEmail(postgres::Work& work,
                                                          std::string_view email);

// Opens an account. Fails also with EMAIL_TAKEN.
absl::Status InsertAccount(postgres::Work& work, const Account& account);

// An account by its member, for a grant of kAccountAdminister; nothing when there is none. One row.
absl::StatusOr<std::optional<Account>> FindAccount(postgres::Database& database,
                                                   const postgres::Context& context,
                                                   const access::Grant& grant, MemberId id);

// The account for which somebody has shown a one-time secret; nothing when it is for none. One row.
absl::StatusOr<std::optional<Account>> FindAccountOfSecret(postgres::Database& database,
                                                           const postgres::Context& context,
                                                           const HeldSecret& secret);

// The account of a normalized address, for a grant of kAccountAdminister; nothing when none has it.
// One row.
absl::StatusOr<std::optional<Account>> FindAccountOfEmail(postgres::Database& database,
                                                          const postgres::Context& context,
                                                          const access::Grant& grant,
                                                          std::string_view email);

// Up to `count` accounts as they are asked for, after a position, for a grant of
// kAccountAdminister. One statement that merges four index ranges and reads `count` rows.
absl::StatusOr<std::vector<Account>> FindAccounts(postgres::Database& database,
                                                  const postgres::Context& context,
                                                  const access::Grant& grant,
                                                  const AccountFilter& filter,
                                                  const AccountPosition& after, int count);

// Where a list of accounts by a beginning goes on: after an account, by its name or, in the second
// part of the list, by its address.
struct FoundPosition {
  enum class Part { kNames = 1, kEmails = 2 } part = Part::kNames;
  std::string term;  // the name in lower case, or the address
  MemberId id;
};
struct FoundAccount {
  Account account;
  FoundPosition position;
};
struct FoundAccounts {
  std::vector<FoundAccount> accounts;
  // Behind which account others were not looked at, whose addresses begin as asked.
  std::optional<FoundPosition> rest = std::nullopt;
};

// Up to `count` accounts by the beginning that is asked for, after a position, for a grant of
// kAccountAdminister: those whose name begins so, by name, then those whose address alone does. Of
// the addresses that begin so 100 are looked at. A statement for the names and, where these end,
// one for the addresses; each merges four index ranges and reads `count` or 100 rows.
absl::StatusOr<FoundAccounts> FindAccountsBeginning(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::Grant& grant,
                                                    const AccountFilter& filter,
                                                    const FoundPosition& after, int count);

// Up to `count` suspended accounts after one of them, in order of their ids. One index range.
absl::StatusOr<std::vector<MemberId>> FindSuspendedAccounts(postgres::Database& database,
                                                            const postgres::Context& context,
                                                            MemberId after, int count);

// Who administers the organization, for a grant of kAccountAdminister, by age of the account; at
// most kMaxAdministrators.
absl::StatusOr<std::vector<Account>> FindAdministrators(postgres::Database& database,
                                                        const postgres::Context& context,
                                                        const access::Grant& grant);

// Holds everybody who administers the organization until the transaction ends; before any other
// account.
absl::StatusOr<std::vector<MemberId>> LockAdministrators(postgres::Work& work);

// Makes a locked account administer the organization, or no longer.
void SetAdministrator(postgres::Work& work, MemberId id, bool administrator);

// Stores whether a locked account is suspended, why and until when. It is no administrator's.
void SetSuspension(postgres::Work& work, const Account& account);

struct EndedSuspension {
  absl::Time end = absl::UnixEpoch();
  MemberId account;

  bool operator==(const EndedSuspension&) const = default;
};
// Up to `count` accounts whose suspension ends at `now` or before, those that ended first, after
// one of them. One index range.
absl::StatusOr<std::vector<EndedSuspension>> ListEndedSuspensions(postgres::Database& database,
                                                                  const postgres::Context& context,
                                                                  absl::Time now,
                                                                  const EndedSuspension& after,
                                                                  int count);

// Stores another hash for a locked account.
void UpdatePassword(postgres::Work& work, MemberId id, const PasswordHash& hash);

}  // namespace guildhall::identity
