#pragma once

#include <memory>
#include <optional>
#include <string>

#include "libs/access/facts.h"
#include "libs/access/key_set.h"
#include "libs/base/clock.h"
#include "libs/feeds/batches.h"
#include "libs/feeds/known_facts.h"
#include "libs/rpc/client.h"
#include "libs/rpc/queue.h"

namespace guildhall::feeds {

// What is asked of directory. Two questions about the same member and community are the same.
struct AccessKey {
  MemberId member;
  std::optional<CommunityId> community;
  // For the creation of the member on its first call.
  std::string display_name;
  Affiliation affiliation = Affiliation::kNone;

  bool operator==(const AccessKey& other) const {
    return member == other.member && community == other.community;
  }
  template <typename H>
  friend H AbslHashValue(H state, const AccessKey& key) {
    return H::combine(std::move(state), key.member, key.community.has_value(),
                      key.community.value_or(CommunityId()));
  }
};

// Whether sessions live, and how members stand to communities.
using Sessions = Batches<SessionId, SessionFact>;
using Standings = Batches<AccessKey, StandingFact>;

// The sources of every service but the owners: BatchGetSessionFacts and BatchGetAccessFacts. The
// client outlives what is asked.
Sessions::Read AskIdentity(rpc::Client& identity);
Standings::Read AskDirectory(rpc::Client& directory);

// For access::KeySet: identity's GetKeys.
access::KeySet::Fetch FetchKeys(rpc::Client& identity);

// Facts from those who own them: what is known under a lease is answered at once, the rest is
// asked. Questions of concurrent calls travel together, at most one request to each owner at a
// time. An owner puts a read of its own store in place of the way to itself.
//
// Cost: three or four look-ups when all is known; else its share of a request to each owner. Fails
// with DEPENDENCY_AWAY when an owner does not answer within 2 s, and DEADLINE_PASSED.
class RemoteFacts final : public access::Facts {
 public:
  RemoteFacts(rpc::Queue& queue, Sessions::Read sessions, Standings::Read standings,
              const Clock& clock = SystemClock());

  // What watches keep up to date. Of the queue's thread.
  KnownSessions& known_sessions() { return known_->sessions; }
  KnownStandings& known_standings() { return known_->standings; }

  void Ask(const access::Question& question, Deadline deadline, Done done) override;

 private:
  struct Pending;
  struct Knowledge {
    explicit Knowledge(const Clock& clock) : sessions(clock), standings(clock) {}
    KnownSessions sessions;
    KnownStandings standings;
  };
  // The answer if all of it is known.
  std::optional<access::Answer> FindKnown(const access::Question& question);
  void AskOnThread(std::shared_ptr<Pending> pending);
  void AskSession(const std::shared_ptr<Pending>& pending);
  void AskStanding(const std::shared_ptr<Pending>& pending);

  rpc::Queue& queue_;
  std::shared_ptr<Sessions> sessions_;
  std::shared_ptr<Standings> standings_;
  // Shared with questions that are out: the last answers may come when this is gone.
  const std::shared_ptr<Knowledge> known_;
};

}  // namespace guildhall::feeds
