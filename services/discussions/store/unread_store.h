#pragma once

#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/discussions/domain/topic.h"
#include "services/discussions/store/topic_store.h"

namespace guildhall::discussions {

// Where a list of unread topics goes on: after this time and id. Empty: at the beginning.
struct UnreadPosition {
  absl::Time last_post_time = absl::InfiniteFuture();
  TopicId id = BeforeAllTopics();
  // Before which time all that is left in a community stands; where it is not known, anywhere.
  absl::flat_hash_map<CommunityId, absl::Time> bounds;
};

// A topic that was looked at for a list of unread ones.
struct UnreadTopic {
  Topic topic;
  // How far the member has read it; unset: to the end, or it ignores who opened the topic, or
  // mutes a tag of it.
  std::optional<int> read_number;
  // Of the last post that stands.
  int standing_number = 0;
};

// What was looked at for a page.
struct UnreadTopics {
  // Those with the latest posts first.
  std::vector<UnreadTopic> topics;
  // At which time, or before it, all stands in each community that was not on a page before this
  // one: what the next page looks at less for. Empty where nothing was found.
  absl::flat_hash_map<CommunityId, absl::Time> latest;
  // Whether something may follow.
  bool goes_on = false;
};

// Up to `count` topics of the communities of `visible` in which its member may have something to
// read, as CountUnreadTopics counts them.
//
// One statement: a buffer for 130 communities of all that there are; 3 for each whose topics may
// reach into the page by what is known; and 7 a topic. Where a mark of its community ends within a
// topic it is looked for: 4 to 12 if it ends among the last 8 posts, 40 if before; once that has
// cost 150 the page ends. For 25 topics of 200 communities among 100,000 topics of 5,000 these are
// 300 buffers on any page, 400 where marks end 3 posts before the end of each, and for 6 topics in
// which they end far before. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<UnreadTopics> ListUnreadTopics(postgres::Database& database,
                                              const postgres::Context& context,
                                              const access::VisibleCommunities& visible,
                                              const UnreadPosition& after, int count,
                                              absl::Time now);

}  // namespace guildhall::discussions
