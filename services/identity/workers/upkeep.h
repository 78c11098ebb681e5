#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"

namespace guildhall::identity {

// Forgets what is of no more use: sessions and access tokens a month after they ran out,
// one-time secrets, invitations and requests for other addresses that did, resets of passwords and
// changes of addresses after a year, letters and requests for another password that nobody sends
// any more, empty throttle buckets, claims of request ids; and keeps the partitions of the change
// log.
class Upkeep {
 public:
  static constexpr absl::Duration kEvery = absl::Minutes(10);

  // So long somebody counts as known at a place where they have signed in.
  static constexpr absl::Duration kSessionsKept = absl::Hours(24 * 30);

  explicit Upkeep(postgres::Database& database) : database_(database) {}

  // One chunk of each. Safe to repeat, also in several processes at once.
  absl::Status RunOnce(absl::Time now);

 private:
  postgres::Database& database_;
};

}  // namespace guildhall::identity
