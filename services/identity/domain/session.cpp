#include "services/identity/domain/session.h"

#include "services/identity/domain/limits.h"

namespace guildhall::identity {

bool IsLive(const Session& session, const SessionLimits& limits, absl::Time now) {
  return !session.revoke_time && now < session.expire_time &&
         session.last_used_time > LiveSince(limits, now);
}

absl::Time LiveSince(const SessionLimits& limits, absl::Time now) { return now - limits.idle; }

bool IsFresh(absl::Time begun, absl::Time now) { return now - begun < kFreshSignIn; }

std::string TidyUserAgent(std::string_view header) {
  std::string out(header.substr(0, kMaxUserAgentBytes));
  for (char& c : out) {
    if (c < ' ' || c > '~') c = '?';
  }
  return out;
}

}  // namespace guildhall::identity
