#include "services/identity/api/session_uses.h"

#include <utility>

#include "services/identity/domain/limits.h"

namespace guildhall::identity {

void SessionUses::Note(SessionId session, absl::Time stored, absl::Time now) {
  if (now < stored + kLastUseGrain) return;
  const absl::MutexLock lock(&mutex_);
  if (uses_.size() >= kMaxUsesInMind && !uses_.contains(session)) return;
  uses_[session] = now;
}

SessionUses::Uses SessionUses::Take() {
  absl::flat_hash_map<SessionId, absl::Time> taken;
  {
    const absl::MutexLock lock(&mutex_);
    taken = std::exchange(uses_, {});
  }
  Uses out;
  for (const auto& [session, time] : taken) {
    out.sessions.push_back(session);
    out.times.push_back(time);
  }
  return out;
}

}  // namespace guildhall::identity
