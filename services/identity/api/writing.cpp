#include "services/identity/api/writing.h"

#include <vector>

#include "guildhall/change/v1/change.pb.h"
#include "libs/changelog/change_log.h"
#include "libs/feeds/access_changes.h"

namespace guildhall::identity {

void AppendAccountChange(postgres::Work& work, int kind, MemberId account) {
  changelog::Append(work, {.kind = kind, .key = account.uuid(), .resource = account.uuid()});
}

void AppendSessionChange(postgres::Work& work, int kind, MemberId account, SessionId session) {
  changelog::Append(work, {.kind = kind, .key = account.uuid(), .resource = session.uuid()});
}

void AppendTokenChange(postgres::Work& work, int kind, MemberId account, AccessTokenId token) {
  changelog::Append(work, {.kind = kind, .key = account.uuid(), .resource = token.uuid()});
}

void AppendInvitationChange(postgres::Work& work, int kind, InvitationId invitation) {
  changelog::Append(work, {.kind = kind, .key = invitation.uuid(), .resource = invitation.uuid()});
}

void AppendRevocations(postgres::Work& work, MemberId account, const Ended& ended) {
  std::vector<changelog::Change> changes;
  std::vector<feeds::AccessChange> facts;
  for (const SessionId session : ended.sessions) {
    changes.push_back({.kind = change::v1::KIND_SESSION_REVOKED,
                       .key = account.uuid(),
                       .resource = session.uuid()});
    facts.push_back(feeds::AccessChange::Of(session));
  }
  for (const AccessTokenId token : ended.tokens) {
    changes.push_back({.kind = change::v1::KIND_ACCESS_TOKEN_REVOKED,
                       .key = account.uuid(),
                       .resource = token.uuid()});
    facts.push_back(feeds::AccessChange::Of(SessionId(token.uuid())));
  }
  if (changes.empty()) return;
  changelog::Append(work, changes);
  feeds::NoteAccessChanges(work, facts);
}

}  // namespace guildhall::identity
