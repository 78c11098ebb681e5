#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "libs/postgres/work.h"
#include "services/discussions/domain/poll.h"

namespace guildhall::discussions {

// Polls and votes. Votes of a poll are written under the lock of its topic. What is kept of
// anonymous ones, and why so, stands in domain/poll.h.

// A poll, and what somebody has cast in it.
struct SeenPoll {
  Poll poll;
  OwnVote own;
};

// The poll of a topic that stands in the grant's community, as its member sees it; nothing where
// there is none. Three look-ups. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::optional<SeenPoll>> GetPoll(postgres::Database& database,
                                                const postgres::Context& context,
                                                const access::Grant& grant, TopicId topic);

// The same within a transaction that holds the topic, which stands in `community`. One round trip.
absl::StatusOr<std::optional<SeenPoll>> GetPoll(postgres::Work& work, TopicId topic,
                                                CommunityId community, MemberId member);

// Stores the poll of a topic that the transaction opens.
void InsertPoll(postgres::Work& work, const Poll& poll);

// Stores what the member has cast now, and how the poll stands with it: of a named vote the choice,
// of an anonymous one that it was cast.
void StoreVote(postgres::Work& work, const SeenPoll& seen, MemberId member, absl::Time now);

// Takes a named vote back, and stores how the poll stands without it.
void DeleteVote(postgres::Work& work, const Poll& poll, MemberId member);

// Stores how the poll of a held topic stands.
void UpdatePoll(postgres::Work& work, const Poll& poll);

// Up to `count` named votes in the poll of a topic that stands in the grant's community, of members
// after one, in order of their ids. One range of an index. Fails with: DEPENDENCY_AWAY,
// DEADLINE_PASSED.
absl::StatusOr<std::vector<NamedVote>> ListVotes(postgres::Database& database,
                                                 const postgres::Context& context,
                                                 const access::Grant& grant, TopicId topic,
                                                 MemberId after, int count);

struct ComparedPoll {
  TopicId topic;
  // Whether it shows what was voted, as far as that is known.
  bool right = true;
};

// Up to `count` polls after a topic, compared in one snapshot without a lock. Reads all votes of
// each. Fails the same way.
absl::StatusOr<std::vector<ComparedPoll>> ComparePolls(postgres::Database& database,
                                                       const postgres::Context& context,
                                                       TopicId after, int count);

// Makes the poll of a held topic show what was voted; false when it did. One round trip.
absl::StatusOr<bool> MendPoll(postgres::Work& work, TopicId topic);

}  // namespace guildhall::discussions
