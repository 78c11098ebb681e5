#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "libs/postgres/work.h"
#include "libs/rpc/call.h"
#include "services/identity/api/identity.h"
#include "services/identity/domain/account.h"

namespace guildhall::identity {

// What the methods of administrators share.

// Holds all administrators until the transaction ends, before any other row, and decides again that
// the caller is one of them: it may have lost the role since it was let in.
// Fails with: NOT_PERMITTED.
absl::StatusOr<std::vector<MemberId>> LockAdministratorsAs(const rpc::Call& call,
                                                           postgres::Work& work);

// Holds an account that the caller has named. Fails with: NOT_FOUND.
absl::StatusOr<Account> LockNamedAccount(postgres::Work& work, MemberId id);

// Gives a locked account the role of administrator, if it has it not. Last in its transaction,
// because it changes facts (feeds::NoteAccessChanges).
absl::Status MakeAdministrator(Identity& identity, const rpc::Call& call, postgres::Work& work,
                               Account& account);

// Lets a locked account be used again, if it is suspended, and tells of it; forgets why and until
// when it was.
void EndSuspension(postgres::Work& work, Account& account);

// Notes that an account was given the role, or that it was taken, for each of its sessions. Last in
// its transaction.
absl::Status NoteRole(Identity& identity, const rpc::Call& call, postgres::Work& work,
                      MemberId account);

}  // namespace guildhall::identity
