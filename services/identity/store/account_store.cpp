#include "services/identity/store/account_store.h"

#include "guildhall/identity/v1/reasons.h"
#include "identity/statements.h"
#include "libs/base/status_macros.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {
namespace {

// Columns that every statement about accounts returns first.
constexpr int kAccountColumns = 11;

Account AccountFrom(const postgres::Row& row) {
  Account account;
  account.id = row.Get<MemberId>(0);
  account.email = row.Get<std::string>(1);
  account.display_name = row.Get<std::string>(2);
  account.affiliation = static_cast<Affiliation>(row.Get<std::int32_t>(3));
  account.password = {row.Get<std::string>(4), row.Get<std::string>(5)};
  account.create_time = row.Get<absl::Time>(6);
  account.administrator = row.Get<bool>(7);
  account.suspend_time = row.Get<std::optional<absl::Time>>(8);
  account.suspend_reason = row.Get<std::string>(9);
  account.suspend_expire_time = row.Get<std::optional<absl::Time>>(10);
  return account;
}

std::vector<Account> AccountsFrom(const postgres::Rows& rows) {
  std::vector<Account> accounts;
  for (const postgres::Row row : rows) accounts.push_back(AccountFrom(row));
  return accounts;
}

std::vector<MemberId> IdsFrom(const postgres::Rows& rows) {
  std::vector<MemberId> ids;
  for (const postgres::Row row : rows) ids.push_back(row.Get<MemberId>(0));
  return ids;
}

absl::StatusOr<std::optional<Account>> FirstOf(const absl::StatusOr<postgres::Rows>& rows) {
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return std::nullopt;
  return AccountFrom((*rows)[0]);
}

}  // namespace

absl::StatusOr<Credentials> GetCredentials(postgres::Database& database,
                                           const postgres::Context& context, std::string_view email,
                                           std::string_view place) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kGetCredentials, email, place));
  const postgres::Row row = rows[0];
  Credentials credentials;
  if (row.Get<std::optional<MemberId>>(0)) credentials.account = AccountFrom(row);
  credentials.familiar = row.Get<bool>(kAccountColumns);
  credentials.members_place = row.Get<bool>(kAccountColumns + 1);
  credentials.reset_time = row.Get<std::optional<absl::Time>>(kAccountColumns + 2);
  return credentials;
}

absl::StatusOr<std::optional<Account>> GetOwnAccount(postgres::Database& database,
                                                     const postgres::Context& context,
                                                     const access::Grant& grant) {
  return FirstOf(database.Read(context, sql::kGetAccount, grant.member()));
}

absl::StatusOr<bool> HasSessionFrom(postgres::Database& database, const postgres::Context& context,
                                    MemberId account, std::string_view place) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kHasSessionFrom, account, place));
  return rows[0].Get<bool>(0);
}

absl::StatusOr<std::optional<Account>> LockAccount(postgres::Work& work, MemberId id) {
  return FirstOf(work.Run(sql::kLockAccount, id));
}

absl::StatusOr<std::optional<Account>> LockAccountOfEmail(postgres::Work& work,
                                                          std::string_view email) {
  return FirstOf(work.Run(sql::kLockAccountOfEmail, email));
}

absl::Status InsertAccount(postgres::Work& work, const Account& account) {
  const absl::Status status =
      work.Run(sql::kInsertAccount, account.id, account.email, account.display_name,
               static_cast<std::int32_t>(account.affiliation), account.password.phc,
               account.password.pepper_id, account.create_time)
          .status();
  if (postgres::ViolatedConstraint(status) == "one_account_per_email") {
    return Refusal(reasons::kEmailTaken, "An account with this e-mail address exists.");
  }
  return status;
}

absl::StatusOr<std::optional<Account>> FindAccount(postgres::Database& database,
                                                   const postgres::Context& context,
                                                   const access::Grant&, MemberId id) {
  return FirstOf(database.Read(context, sql::kGetAccount, id));
}

absl::StatusOr<std::optional<Account>> FindAccountOfSecret(postgres::Database& database,
                                                           const postgres::Context& context,
                                                           const HeldSecret& secret) {
  if (!secret.account) return std::nullopt;
  return FirstOf(database.Read(context, sql::kGetAccount, *secret.account));
}

absl::StatusOr<std::optional<Account>> FindAccountOfEmail(postgres::Database& database,
                                                          const postgres::Context& context,
                                                          const access::Grant&,
                                                          std::string_view email) {
  return FirstOf(database.Read(context, sql::kGetAccountOfEmail, email));
}

absl::StatusOr<std::vector<Account>> FindAccounts(postgres::Database& database,
                                                  const postgres::Context& context,
                                                  const access::Grant&, const AccountFilter& filter,
                                                  const AccountPosition& after, int count) {
  const auto read = [&](const postgres::Statement& statement, const auto& position) {
    return database.Read(context, statement, static_cast<std::int32_t>(filter.affiliation),
                         static_cast<std::int32_t>(filter.state), count, position, after.id);
  };
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   filter.order == AccountOrder::kNewest
                       ? read(sql::kListNewestAccounts, after.create_time)
                       : read(sql::kListAccounts, after.display_name));
  return AccountsFrom(rows);
}

absl::StatusOr<FoundAccounts> FindAccountsBeginning(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::Grant&,
                                                    const AccountFilter& filter,
                                                    const FoundPosition& after, int count) {
  using Part = FoundPosition::Part;
  const auto read = [&](const postgres::Statement& statement, int most, Part part) {
    const FoundPosition from = after.part == part ? after : FoundPosition();
    return database.Read(context, statement, static_cast<std::int32_t>(filter.affiliation),
                         static_cast<std::int32_t>(filter.state), most, filter.beginning, from.term,
                         from.id);
  };
  const auto found_in = [](Part part, const postgres::Row& row) {
    Account account = AccountFrom(row);
    const MemberId id = account.id;
    return FoundAccount{std::move(account), {part, row.Get<std::string>(kAccountColumns), id}};
  };
  FoundAccounts found;
  if (after.part == Part::kNames) {
    GUILDHALL_ASSIGN(const postgres::Rows rows,
                     read(sql::kListAccountsByNameBeginning, count, Part::kNames));
    for (const postgres::Row row : rows) found.accounts.push_back(found_in(Part::kNames, row));
  }
  const int room = count - static_cast<int>(found.accounts.size());
  if (room == 0) return found;
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   read(sql::kListAccountsByEmailBeginning, room, Part::kEmails));
  for (const postgres::Row row : rows) {
    FoundAccount each = found_in(Part::kEmails, row);
    const bool fits = row.Get<bool>(kAccountColumns + 1), last = row.Get<bool>(kAccountColumns + 2);
    if (last) found.rest = each.position;
    if (fits) found.accounts.push_back(std::move(each));
  }
  return found;
}

absl::StatusOr<std::vector<MemberId>> FindSuspendedAccounts(postgres::Database& database,
                                                            const postgres::Context& context,
                                                            MemberId after, int count) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListSuspendedAccounts, after, count));
  return IdsFrom(rows);
}

absl::StatusOr<std::vector<Account>> FindAdministrators(postgres::Database& database,
                                                        const postgres::Context& context,
                                                        const access::Grant&) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListAdministrators, kMaxAdministrators));
  return AccountsFrom(rows);
}

absl::StatusOr<std::vector<MemberId>> LockAdministrators(postgres::Work& work) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kLockAdministrators));
  return IdsFrom(rows);
}

void SetAdministrator(postgres::Work& work, MemberId id, bool administrator) {
  work.Defer(sql::kSetAdministrator, id, administrator);
}

void SetSuspension(postgres::Work& work, const Account& account) {
  work.Defer(sql::kSetSuspension, account.id, account.suspend_time, account.suspend_reason,
             account.suspend_expire_time);
}

absl::StatusOr<std::vector<EndedSuspension>> ListEndedSuspensions(postgres::Database& database,
                                                                  const postgres::Context& context,
                                                                  absl::Time now,
                                                                  const EndedSuspension& after,
                                                                  int count) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kListEndedSuspensions,
                                                            now, after.end, after.account, count));
  std::vector<EndedSuspension> ended;
  for (const postgres::Row row : rows) {
    ended.push_back({.end = row.Get<absl::Time>(0), .account = row.Get<MemberId>(1)});
  }
  return ended;
}

void UpdatePassword(postgres::Work& work, MemberId id, const PasswordHash& hash) {
  work.Defer(sql::kUpdatePassword, id, hash.phc, hash.pepper_id);
}

}  // namespace guildhall::identity
