#pragma once

#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"

namespace guildhall::identity {

// When sessions, or the access tokens in their place, were last used, gathered in memory until
// workers/session_use_writer stores them in one statement: a session is used every minute, and a
// write for each would cost more than all reads. What a crash loses is a minute of idle time.
// Thread-safe.
class SessionUses {
 public:
  // Sessions between two writes; beyond it uses are left out, which costs idle time as well.
  static constexpr std::size_t kMost = 100'000;

  // How exactly uses are kept.
  static constexpr absl::Duration kGrain = absl::Minutes(1);

  // `stored` is what the database says; a use within a grain of it is not worth a write.
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
