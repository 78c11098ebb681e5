#pragma once

#include <optional>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/discussions/domain/follow.h"
#include "services/discussions/domain/topic.h"
#include "services/discussions/store/topic_store.h"

namespace guildhall::discussions {

// What members follow and mute, but for tags (tag_follow_store.h). Each function is one statement
// and fails with: DEPENDENCY_AWAY, DEADLINE_PASSED, and where it writes, BUSY.

// Stores what the holder of the grant chooses for a topic of its community, or, without a level,
// takes that back; false when the topic has gone from there. Also fails with: TOO_MANY_FOLLOWS.
absl::StatusOr<bool> SetTopicFollow(postgres::Database& database, const postgres::Context& context,
                                    const access::Grant& grant, TopicId topic,
                                    std::optional<FollowLevel> level, absl::Time now);

// The same for the grant's community. Also fails with: TOO_MANY_FOLLOWS.
absl::Status SetCommunityFollow(postgres::Database& database, const postgres::Context& context,
                                const access::Grant& grant, std::optional<FollowLevel> level);

// Takes back what the grant's member chose for a topic or a community, wherever they stand and
// whether it may read there or not.
absl::Status ForgetTopicFollow(postgres::Database& database, const postgres::Context& context,
                               const access::Grant& grant, TopicId topic);
absl::Status ForgetCommunityFollow(postgres::Database& database, const postgres::Context& context,
                                   const access::Grant& grant, CommunityId community);

// What a member chose that concerns a topic: see FollowOf.
struct TopicFollows {
  std::optional<FollowLevel> topic;
  // Those of its tags for which it chose, in the topic's order.
  std::vector<TagFollow> tags;
  std::optional<FollowLevel> community;
};

// What the member of `visible` chose that concerns those of `topics` that stand in visible
// communities. Some 11 buffers a topic.
absl::StatusOr<absl::flat_hash_map<TopicId, TopicFollows>> GetTopicFollows(
    postgres::Database& database, const postgres::Context& context,
    const access::VisibleCommunities& visible, std::span<const TopicId> topics);

// What the member of `visible` chose for these communities. Some 4 buffers each.
absl::StatusOr<absl::flat_hash_map<CommunityId, FollowLevel>> GetCommunityFollows(
    postgres::Database& database, const postgres::Context& context,
    const access::VisibleCommunities& visible);

// A topic, and when its level was chosen.
struct FollowedTopic {
  Topic topic;
  absl::Time update_time;
};

// Where a list of followed topics goes on. Empty: at the beginning.
struct FollowPosition {
  absl::Time update_time = absl::InfiniteFuture();
  TopicId topic = BeforeAllTopics();
};

// Up to `count` topics for which the grant's member chose `level`, newest choice first, wherever
// they stand: which of them it may read now is for the caller to ask, before it shows one. One
// range of an index, and a look-up a topic.
absl::StatusOr<std::vector<FollowedTopic>> ListFollowedTopics(
    postgres::Database& database, const postgres::Context& context, const access::Grant& grant,
    FollowLevel level, const FollowPosition& after, int count);

// A community, and the level that was chosen for it.
struct FollowedCommunity {
  CommunityId community;
  FollowLevel level = FollowLevel::kNormal;
};

// Up to `count` communities for which the grant's member chose `level`, or any, in the order of
// their ids, after one of them: whether it may read there now is for the caller to ask. One range
// of the key.
absl::StatusOr<std::vector<FollowedCommunity>> ListFollowedCommunities(
    postgres::Database& database, const postgres::Context& context, const access::Grant& grant,
    std::optional<FollowLevel> level, CommunityId after, int count);

}  // namespace guildhall::discussions
