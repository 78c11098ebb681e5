#pragma once

#include "libs/feeds/access_watch.h"
#include "libs/feeds/remote_facts.h"

namespace guildhall::feeds {

// The facts of a service that owns none of them: known under the leases of both owners, the rest
// asked. Everything given outlives it.
class WatchedFacts {
 public:
  WatchedFacts(rpc::Queue& queue, rpc::Client& identity, rpc::Client& directory,
               telemetry::Metrics& metrics)
      : facts_(queue, AskIdentity(identity), AskDirectory(directory)),
        sessions_(queue, "identity", WatchOver(identity), facts_.known_sessions(), metrics),
        standings_(queue, "directory", WatchOver(directory), facts_.known_standings(), metrics) {}

  access::Facts& operator*() { return facts_; }

  // What is known of identity's facts, and of directory's. Of the queue's thread.
  KnownSessions& sessions() { return facts_.known_sessions(); }
  KnownStandings& standings() { return facts_.known_standings(); }

 private:
  RemoteFacts facts_;
  AccessWatch sessions_;
  AccessWatch standings_;
};

}  // namespace guildhall::feeds
