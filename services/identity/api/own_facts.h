#pragma once

#include "libs/access/facts.h"
#include "libs/base/clock.h"
#include "libs/postgres/database.h"
#include "libs/rpc/gatherer.h"
#include "services/identity/domain/session.h"
#include "services/identity/store/session_store.h"

namespace guildhall::identity {

// Facts for identity's own decisions, from its own store: sessions, gathered into one statement
// while the one before runs. Identity decides nothing about communities, so they do not exist here.
class OwnFacts final : public access::Facts {
 public:
  // `database` and `clock` outlive it.
  OwnFacts(postgres::Database& database, SessionLimits limits, const Clock& clock);

  void Ask(const access::Question& question, Deadline deadline, Done done) override;

 private:
  rpc::Gatherer<SessionId, SessionStanding> sessions_;
};

}  // namespace guildhall::identity
