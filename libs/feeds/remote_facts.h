#pragma once

#include <memory>
#include <optional>
#include <string>

#include "libs/access/facts.h"
#include "libs/access/key_set.h"
#include "libs/feeds/batches.h"
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

// What directory knows of it.
struct AccessValue {
  Affiliation affiliation = Affiliation::kNone;
  access::CommunityFacts community;
};

// Whether sessions live, and how members stand to communities.
using Sessions = Batches<SessionId, bool>;
using Standings = Batches<AccessKey, AccessValue>;

// The sources of every service but the owners: BatchGetSessionFacts and BatchGetAccessFacts. The
// client outlives what is asked.
Sessions::Read AskIdentity(rpc::Client& identity);
Standings::Read AskDirectory(rpc::Client& directory);

// For access::KeySet: identity's GetKeys.
access::KeySet::Fetch FetchKeys(rpc::Client& identity);

// Facts asked from their owners, uncached: the answer is as true as the owner's database. Questions
// of concurrent calls travel together, at most one request to each owner at a time. An owner puts a
// read of its own store in place of the way to itself.
//
// Cost per question: its share of two requests. Fails with DEPENDENCY_AWAY when an owner does not
// answer within 2 s, and DEADLINE_PASSED.
class RemoteFacts final : public access::Facts {
 public:
  RemoteFacts(rpc::Queue& queue, Sessions::Read sessions, Standings::Read standings);

  void Ask(const access::Question& question, Deadline deadline, Done done) override;

 private:
  struct Pending;
  void AskOnThread(std::shared_ptr<Pending> pending);

  rpc::Queue& queue_;
  std::shared_ptr<Sessions> sessions_;
  std::shared_ptr<Standings> standings_;
};

}  // namespace guildhall::feeds
