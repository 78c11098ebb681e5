#pragma once

#include <string>

#include "libs/base/ids.h"
#include "libs/base/standing.h"

namespace guildhall::access {

// Who calls, as far as the call's own credentials prove it. What follows from it is a matter of
// facts and of Decide.
struct Caller {
  enum class Kind { kAnonymous, kMember, kService };

  Kind kind = Kind::kAnonymous;

  // Of a member; from its token.
  MemberId member;
  SessionId session;
  // For the creation of the member on its first call; otherwise directory's own record counts.
  std::string display_name;
  Affiliation affiliation = Affiliation::kNone;

  // Of a service: its name, such as "discussions".
  std::string service;
};

}  // namespace guildhall::access
