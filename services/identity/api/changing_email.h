#pragma once

#include <string>

#include "absl/status/status.h"
#include "libs/postgres/work.h"
#include "libs/rpc/call.h"
#include "services/identity/api/identity.h"
#include "services/identity/domain/account.h"

namespace guildhall::identity {

// What the two ways to another address share.

// Gives a locked account the address `to`, notes the change for its owner and, where mail is sent,
// has the addresses told. What ends with it is the caller's to end (End): before this, which takes
// the log's key; and to tell after it (AppendRevocations). Fails with: EMAIL_TAKEN.
absl::Status GiveEmail(Identity& identity, const rpc::Call& call, postgres::Work& work,
                       Account& account, const std::string& to);

}  // namespace guildhall::identity
