#pragma once

#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"

namespace guildhall::identity {

// When sessions, or the access tokens in their place, were last used, gathered in memory until
// workers/session_use_writer stores them in one statement. What a crash loses is a minute of idle
// time. Thread-safe.
class SessionUses {
 public:
  // `stored` is what the database says; a use within kLastUseGrain of it is not worth a write.
  // Beyond kMaxUsesInMind between two writes uses are left out.
  void Note(SessionId session, absl::Time stored, absl::Time now);

  struct Uses {
    std::vector<SessionId> sessions;
    std::vector<absl::Time> times;
  };
  // What was gathered since the last call.
  Uses Take();

 private:
  absl::Mutex mutex_;
  absl::flat_hash_map<SessionId, absl::Time> uses_;
};

}  // namespace guildhall::identity
