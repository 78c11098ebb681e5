#pragma once

#include <optional>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {

// How far the member of `visible` has read those of `topics` that stand in visible communities, in
// no order; the others are left out. Some ten buffers a topic, 50 more where
// a mark of the community ends within it.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<ReadState>> GetReadStates(postgres::Database& database,
                                                     const postgres::Context& context,
                                                     const access::VisibleCommunities& visible,
                                                     std::span<const TopicId> topics);

// Somebody has read a topic up to a number.
struct ReadMark {
  MemberId member;
  TopicId topic;
  // In which the topic must still stand.
  CommunityId community;
  int number = 0;
};

// That the holder of the grant has read a topic of its community up to `number`.
ReadMark MarkOf(const access::Grant& grant, TopicId topic, int number);

// What came of a mark.
struct StoredMark {
  ReadState state;
  // The topic is just going into another one, so the mark is not stored.
  bool topic_goes = false;
};

// Stores many marks (which may repeat) with one statement and answers where each watermark is now,
// in their order; nothing where the topic has gone from the community. Watermarks never go back and
// never beyond the last post. Waits for nobody who posts.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED, BUSY.
absl::StatusOr<std::vector<std::optional<StoredMark>>> StoreReadMarks(
    postgres::Database& database, const postgres::Context& context,
    std::span<const ReadMark> marks);

// Takes the watermark of a reader to `mark.number`, back too, and answers where it is; nothing when
// the topic has gone from the community. One row.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED, BUSY.
absl::StatusOr<std::optional<ReadState>> RewindReadState(postgres::Database& database,
                                                         const postgres::Context& context,
                                                         const ReadMark& mark, absl::Time now);

// Stores that the member of `visible` has read all that was written in these communities until a
// time. A mark never goes back. One statement, a row a community.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED, BUSY.
absl::Status MarkCommunitiesRead(postgres::Database& database, const postgres::Context& context,
                                 const access::VisibleCommunities& visible, absl::Time until);

// How many topics hold unread posts, in each community of `visible`, for its member: at most
// kMaxUnreadTopics. A buffer for 130 communities of all that there are, 3 for each in which there
// is something new, and 5 a topic that is. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<absl::flat_hash_map<CommunityId, int>> CountUnreadTopics(
    postgres::Database& database, const postgres::Context& context,
    const access::VisibleCommunities& visible, absl::Time now);

}  // namespace guildhall::discussions
