#pragma once

#include <vector>

#include "libs/base/ids.h"
#include "libs/postgres/work.h"

namespace guildhall::identity {

// What the writes of identity share.

// Append changes, ordered by the account; `kind` of guildhall.change.v1.Kind.
void AppendAccountChange(postgres::Work& work, int kind, MemberId account);
void AppendSessionChange(postgres::Work& work, int kind, MemberId account, SessionId session);
// Last in its transaction, because it changes facts (feeds::NoteAccessChanges).
void AppendRevocations(postgres::Work& work, MemberId account,
                       const std::vector<SessionId>& sessions);

}  // namespace guildhall::identity
