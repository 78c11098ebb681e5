#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "libs/base/ids.h"

namespace guildhall::identity {

// How long a session lives.
struct SessionLimits {
  absl::Duration idle;      // without use
  absl::Duration absolute;  // in all
};

struct Session {
  SessionId id;
  MemberId account;
  absl::Time create_time;
  absl::Time last_used_time;
  absl::Time expire_time;
  std::optional<absl::Time> revoke_time;
  std::string user_agent;
  std::string place;
};

// Neither revoked nor run out. SQL asks the same with LiveSince.
bool IsLive(const Session& session, const SessionLimits& limits, absl::Time now);

// A session that was last used before this has run out.
absl::Time LiveSince(const SessionLimits& limits, absl::Time now);

// Whether a session that began at `begun` still counts as a proof that its owner calls, and not
// somebody who has found it: within kFreshSignIn.
bool IsFresh(absl::Time begun, absl::Time now);

// A User-Agent header as it is kept: printable ASCII, the rest as '?', cut to 256 bytes.
std::string TidyUserAgent(std::string_view header);

}  // namespace guildhall::identity
