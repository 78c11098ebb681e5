#pragma once

#include <vector>

#include "libs/idempotency/once.h"
#include "libs/postgres/work.h"
#include "libs/rpc/call.h"
#include "services/identity/api/identity.h"

namespace guildhall::identity {

// What the writes of identity share.

// The call's key for Once. Its digest is a keyed one: requests here hold passwords, and a plain
// hash of one that lies in the database for a day could be guessed against at full speed.
idempotency::OnceKey OnceKeyOf(const Identity& identity, const rpc::Call& call,
                               std::string_view request_id);

// Append changes, ordered by the account; `kind` of guildhall.change.v1.Kind.
void AppendAccountChange(postgres::Work& work, int kind, MemberId account);
void AppendSessionChange(postgres::Work& work, int kind, MemberId account, SessionId session);
void AppendRevocations(postgres::Work& work, MemberId account,
                       const std::vector<SessionId>& sessions);

}  // namespace guildhall::identity
