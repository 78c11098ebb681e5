#pragma once

#include "libs/base/ids.h"
#include "libs/postgres/work.h"
#include "services/identity/domain/access_token.h"
#include "services/identity/domain/invitation.h"
#include "services/identity/store/endings_store.h"

namespace guildhall::identity {

// What the writes of identity share.

// Append changes, ordered by the account; `kind` of guildhall.change.v1.Kind. Each holds the
// account's key of the log, so it comes after all rows that the transaction locks: sessions and
// tokens are revoked without holding the account, and then want the key.
void AppendAccountChange(postgres::Work& work, int kind, MemberId account);
void AppendSessionChange(postgres::Work& work, int kind, MemberId account, SessionId session);
void AppendTokenChange(postgres::Work& work, int kind, MemberId account, AccessTokenId token);

// Ordered by the invitation.
void AppendInvitationChange(postgres::Work& work, int kind, InvitationId invitation);

// Tells by what an account called and does no longer. Last in its transaction, because it changes
// facts (feeds::NoteAccessChanges).
void AppendRevocations(postgres::Work& work, MemberId account, const Ended& ended);

}  // namespace guildhall::identity
