#pragma once

#include "libs/access/facts.h"
#include "libs/access/permission.h"

namespace guildhall::access {

enum class Decision {
  kAllow,
  // The caller sees the resource but may not do this: PERMISSION_DENIED.
  kDenied,
  // For the caller it does not exist: NOT_FOUND, exactly as if it did not.
  kHidden,
  // The session was revoked or has run out: UNAUTHENTICATED.
  kSessionEnded,
  // The caller showed an access token that may only read: PERMISSION_DENIED.
  kReadOnly,
  // The caller showed an access token for what needs the person: PERMISSION_DENIED.
  kSessionRequired,
  // In this community nothing is written any more: PERMISSION_DENIED.
  kArchived,
  // The caller writes nothing in this community: PERMISSION_DENIED.
  kMuted,
};

// Who asks, and what is true of them now.
struct Subject {
  MemberId member;
  SubjectFacts facts;
};

// Whether `subject` may use `permission` on `community`, or on `item` in it.
//
// The rules are a table at the top of decide.cpp. Pure: no clock, no I/O, no state. What it is not
// told counts as absent, and what is absent is hidden: a permission about communities without a
// community, an edit without an item. So is an item whose community the subject may not read, and
// a deleted one to all but its author. `community` and `item` may be null; a permission that is not
// about communities ignores them. Cost: a table read.
//
// kMemberRead asks for a live session only: which members a caller may see depends on the
// communities that they share, which directory decides in its query.
Decision Decide(Permission permission, const Subject& subject, const CommunityFacts* community,
                const ItemFacts* item);

// Whether what a caller showed lets it use `permission` to this effect at all: kAllow, kReadOnly or
// kSessionRequired. A token never manages sessions, passwords, tokens or the accounts of others, so
// that whoever finds one cannot make more of it. Pure. Beside Decide, not instead.
Decision DecideScope(Scope scope, Permission permission, Effect effect);

// Whether what the caller may do in a community rests now: kAllow, kArchived or kMuted. What only
// reads never does, nor does what the table at the top of decide.cpp leaves awake: to go, to keep
// order and to wake an archived community; to come and to go while one is muted. Of both reasons
// the one that holds for everybody is told. `community` may be null. Pure. Beside Decide, not
// instead: asked of whoever it allows, so that nobody else learns of it.
Decision DecideRest(Permission permission, Effect effect, const CommunityFacts* community);

// Whether there is a permission of this number.
bool IsPermission(int number);

// Whether the permission is decided by the facts of one community. kCommunityCreate is when a
// parent is named.
bool IsAboutCommunity(Permission permission);

}  // namespace guildhall::access
