#pragma once

#include <string>

#include "libs/base/ids.h"
#include "libs/base/standing.h"

namespace guildhall::access {

// What the secret that a caller showed lets it do at most, whatever it may do itself.
enum class Scope {
  kSession,  // a sign-in: everything
  kWrite,    // an access token: all but what needs the person (SESSION_REQUIRED)
  kRead,     // an access token that changes nothing besides
};

// Who calls, as far as the call's own credentials prove it. What follows from it is a matter of
// facts and of Decide.
struct Caller {
  enum class Kind { kAnonymous, kMember, kService };

  Kind kind = Kind::kAnonymous;

  // Of a member; from its token.
  MemberId member;
  // The session; with another scope the access token in its place, which lives and ends like one.
  SessionId session;
  Scope scope = Scope::kSession;
  // For the creation of the member on its first call; otherwise directory's own record counts.
  std::string display_name;
  Affiliation affiliation = Affiliation::kNone;

  // Of a service: its name, such as "discussions".
  std::string service;
};

}  // namespace guildhall::access
