#pragma once

#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {

// How far the member of `visible` has read those of `topics` that stand in visible communities, in
// no order; the others are left out. Two index look-ups a topic.
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

// Stores many marks (which may repeat) with one statement and answers where each watermark is now,
// in their order; nothing where the topic has gone from the community. Watermarks never go back and
// never beyond the last post. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED, BUSY.
absl::StatusOr<std::vector<std::optional<ReadState>>> StoreReadMarks(
    postgres::Database& database, const postgres::Context& context,
    std::span<const ReadMark> marks);

}  // namespace guildhall::discussions
